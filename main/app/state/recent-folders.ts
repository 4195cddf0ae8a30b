import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";

const MAX_RECENT = 12;

/** The folders opened last, newest first, in one small file. */
export class RecentFolders {
  readonly #roots: string[];

  constructor(private readonly file: string) {
    this.#roots = read(file);
  }

  list(): string[] {
    return [...this.#roots];
  }

  /** Puts a folder first and saves the list. Rejects with Node's error when the file cannot be written. */
  async add(root: string): Promise<void> {
    const others = this.#roots.filter((each) => each !== root).slice(0, MAX_RECENT - 1);
    this.#roots.splice(0, this.#roots.length, root, ...others);
    mkdirSync(dirname(this.file), { recursive: true });
    await writeFileAtomic(this.file, JSON.stringify(this.#roots));
  }
}

/** A missing or damaged list is an empty one: nothing is lost but a convenience. */
function read(file: string): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return [];
  }
}
