import type { TemplateEntry } from "../../shared/ipc/templates";
import { type TemplateWatch, watchTemplates } from "./watch";

/** Tells those who listen about the whole list, once for every time that it really differs. Ends with `dispose`. */
export class TemplateListeners {
  readonly #listeners = new Set<(templates: TemplateEntry[]) => void>();
  #watch: TemplateWatch | undefined;
  #told = "";

  /** @param list gives the list as it is now. */
  constructor(
    private readonly workspaceRoot: string,
    private readonly list: () => Promise<TemplateEntry[]>,
  ) {}

  /** Calls back with the whole list after every change. The first call starts watching the disk. */
  subscribe(listener: (templates: TemplateEntry[]) => void): () => void {
    this.#listeners.add(listener);
    void this.watch();
    return () => this.#listeners.delete(listener);
  }

  /** Starts watching the disk; resolves when changes from now on are seen. */
  async watch(): Promise<void> {
    if (this.#watch === undefined) {
      this.#told = signature(await this.list().catch(() => []));
      this.#watch ??= watchTemplates(this.workspaceRoot, () => void this.tell().catch(() => undefined));
    }
    await this.#watch.ready;
  }

  /** Tells the listeners when the list differs from what they know. */
  async tell(): Promise<void> {
    if (this.#listeners.size === 0) return;
    const templates = await this.list();
    const now = signature(templates);
    if (now === this.#told) return;
    this.#told = now;
    for (const listener of this.#listeners) listener(templates);
  }

  /** Forgets the listeners at once. */
  silence(): void {
    this.#listeners.clear();
  }

  async dispose(): Promise<void> {
    this.silence();
    await this.#watch?.close();
  }
}

function signature(templates: readonly TemplateEntry[]): string {
  return templates
    .map((entry) => `${entry.file}\0${entry.hash}\0${entry.state}\0${entry.readOnly}`)
    .join("\n");
}
