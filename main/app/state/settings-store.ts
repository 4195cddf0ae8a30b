import { mkdir, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { type Settings, settingsSchema } from "../../../shared/ipc/app";
import { WorkbenchError } from "../../../shared/model/error";

/** The user's settings in one JSON file; unreadable ones fall back to the defaults and are kept aside by name. */
export class SettingsStore {
  #settings: Settings = settingsSchema.parse({});

  private constructor(private readonly file: string) {}

  /** Reads the file; `notice` says when it could not be used. */
  static async open(file: string): Promise<{ store: SettingsStore; notice?: string }> {
    const store = new SettingsStore(file);
    let text: string;
    try {
      text = await readFile(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return { store };
      return {
        store,
        notice: `The settings could not be read (${(error as Error).message}). The defaults are used.`,
      };
    }
    const parsed = settingsSchema.safeParse(parseJson(text));
    if (parsed.success) {
      store.#settings = parsed.data;
      return { store };
    }
    const aside = `${file}.broken-${Date.now()}`;
    const kept = await rename(file, aside).then(
      () => `It was kept as ${aside}`,
      // It stays where it is until settings are changed.
      (error: unknown) => `It could not be set aside (${(error as Error).message})`,
    );
    return { store, notice: `The settings file was damaged. ${kept}; the defaults are used.` };
  }

  get(): Settings {
    return this.#settings;
  }

  /** Merges and saves. Throws `STORAGE_UNAVAILABLE` when the file cannot be written; the change then stays in memory. */
  async update(patch: { [Key in keyof Settings]?: Settings[Key] | undefined }): Promise<Settings> {
    this.#settings = settingsSchema.parse({
      ...this.#settings,
      ...(JSON.parse(JSON.stringify(patch)) as object),
    });
    try {
      await mkdir(dirname(this.file), { recursive: true });
      await writeFileAtomic(this.file, `${JSON.stringify(this.#settings, null, 2)}\n`);
    } catch (cause) {
      throw new WorkbenchError(
        "STORAGE_UNAVAILABLE",
        `The settings could not be saved in ${dirname(this.file)}: ${(cause as Error).message}. They hold until the application closes.`,
        undefined,
        { cause },
      );
    }
    return this.#settings;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
