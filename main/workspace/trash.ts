import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { WorkbenchError } from "../../shared/model/error";
import { errorCode } from "./paths";

const originSchema = z.object({ path: z.string(), deletedAt: z.number() });
const KEEP_MS = 30 * 24 * 3600 * 1000;

/** Deleted files of a workspace, each kept for 30 days under the token that brings it back. */
export class Trash {
  /** @param folder absolute path; made when it is first needed. */
  constructor(private readonly folder: string) {}

  /**
   * Moves a file or folder into the trash and gives the token that undoes it; the move is one step where the file
   * system allows. {@link restore} puts it back where it was. Throws `STORAGE_UNAVAILABLE` when the trash cannot take
   * it, and Node's error when it cannot be moved; it then stays where it is.
   */
  async put(absolutePath: string): Promise<string> {
    const { token, content } = await this.#placeFor(absolutePath, "deleted");
    await move(absolutePath, content);
    return token;
  }

  /** As {@link put}, with a copy: for a file that is about to be replaced, and must not be missing in between. */
  async keep(absolutePath: string): Promise<string> {
    const { token, content } = await this.#placeFor(absolutePath, "replaced");
    await cp(absolutePath, content, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    return token;
  }

  async #placeFor(absolutePath: string, act: string): Promise<{ token: string; content: string }> {
    const token = randomUUID();
    const place = join(this.folder, token);
    try {
      await this.#prepare();
      await mkdir(join(place, "content"), { recursive: true });
      await writeFile(
        join(place, "origin.json"),
        JSON.stringify({ path: absolutePath, deletedAt: Date.now() }),
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new WorkbenchError(
        "STORAGE_UNAVAILABLE",
        `"${basename(absolutePath)}" was not ${act}: the trash in ${this.folder} cannot be written (${reason}).`,
        { path: basename(absolutePath) },
        { cause: error },
      );
    }
    return { token, content: join(place, "content", basename(absolutePath)) };
  }

  /**
   * Puts back what a token stands for and gives its absolute path. Throws `FILE_NOT_FOUND` for an unknown token and
   * `FILE_CONFLICT` when something else is there now; the trash then keeps it.
   */
  async restore(token: string): Promise<string> {
    const place = join(this.folder, z.uuid().safeParse(token).success ? token : "none");
    const origin = await readOrigin(place);
    if (origin === undefined) {
      throw new WorkbenchError(
        "FILE_NOT_FOUND",
        "This deletion cannot be undone any more: the trash does not hold it.",
        { undoToken: token },
      );
    }
    if (existsSync(origin.path)) {
      const message = `"${basename(origin.path)}" exists again. Rename or delete it, then undo.`;
      throw new WorkbenchError("FILE_CONFLICT", message, { path: basename(origin.path) });
    }
    await mkdir(dirname(origin.path), { recursive: true });
    await move(join(place, "content", basename(origin.path)), origin.path);
    await rm(place, { recursive: true, force: true });
    return origin.path;
  }

  async #prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    // A trash inside a repository must not be committed.
    await writeFile(join(this.folder, ".gitignore"), "*\n");
    const now = Date.now();
    for (const name of await readdir(this.folder)) {
      const place = join(this.folder, name);
      const origin = await readOrigin(place);
      if (origin !== undefined && now - origin.deletedAt > KEEP_MS)
        await rm(place, { recursive: true, force: true });
    }
  }
}

async function readOrigin(place: string): Promise<z.infer<typeof originSchema> | undefined> {
  try {
    return originSchema.parse(JSON.parse(await readFile(join(place, "origin.json"), "utf8")));
  } catch {
    return undefined; // not ours, or damaged: leave it alone
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
    await cp(from, to, {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
      errorOnExist: true,
      force: false,
    });
    await stat(to);
    await rm(from, { recursive: true });
  }
}
