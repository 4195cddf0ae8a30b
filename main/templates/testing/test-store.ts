import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { TemplateEntry } from "../../../shared/ipc/templates";
import { temporaryFolder } from "../../testing/temporary-folder";
import { Trash } from "../../workspace/trash";
import { applicationRules } from "../rules";
import { TemplateStore } from "../store";

/** The application's modules and two libraries. */
export const testRules = applicationRules(["lodash", "dayjs"]);

/** A store on a workspace whose folder for templates is there; its trash is beside them. */
export function openTestStore(workspaceRoot: string, rules = testRules): TemplateStore {
  mkdirSync(join(workspaceRoot, "templates"), { recursive: true });
  return new TemplateStore({
    workspaceRoot,
    rules: () => rules,
    trash: new Trash(join(workspaceRoot, ".trash")),
  });
}

/** A workspace for the running test, the store of its templates, and the files behind the store's back. */
export class TestTemplates {
  readonly root = temporaryFolder();
  readonly store = openTestStore(this.root);

  constructor() {
    onTestFinished(() => this.store.dispose());
  }

  /** Path of a template file. */
  path(file: string): string {
    return join(this.root, "templates", file);
  }

  /** Writes a template file, a value as JSON, and gives its text. */
  put(file: string, content: unknown): string {
    const text = typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`;
    writeFileSync(this.path(file), text);
    return text;
  }

  onDisk(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  /** The one entry of the list. */
  async only(): Promise<TemplateEntry> {
    const [entry, ...others] = await this.store.list();
    if (entry === undefined || others.length > 0) throw new Error("Not exactly one template is listed.");
    return entry;
  }
}
