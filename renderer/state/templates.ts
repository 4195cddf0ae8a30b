import { createStore, type StoreApi } from "zustand/vanilla";
import type { IpcInput, IpcOutput } from "../../shared/ipc/contract";
import type { ImportItem, TemplateDiff, TemplateEntry, TemplateRef } from "../../shared/ipc/templates";
import type { Client } from "./client";
import type { Notices } from "./notices";

export type { ImportItem, TemplateDiff, TemplateEntry, TemplateRef };
export type TemplatePreset = IpcOutput<"templates.presets">["presets"][number];
export type ImportChoice = IpcInput<"templates.import">["choices"][number];

export type ReceivedFile = IpcInput<"templates.bundleFiles">["files"][number];

export interface TemplatesState {
  readonly templates: readonly TemplateEntry[];
  readonly loaded: boolean;
}

/** Template files of the workspace. */
export interface TemplatesConcern {
  readonly store: StoreApi<TemplatesState>;
  load(): Promise<void>;
  get(file: string): TemplateEntry | undefined;
  /** Entry whose template has this id. */
  byId(id: string): TemplateEntry | undefined;
  create(input: { name: string; preset?: string; fromScript?: string }): Promise<TemplateEntry>;
  duplicate(file: string, name: string): Promise<TemplateEntry>;
  rename(file: string, name: string): Promise<TemplateEntry>;
  /** Moves the file to the trash and offers to undo it. */
  delete(file: string): Promise<void>;
  addModule(file: string, module: string): Promise<TemplateEntry>;
  addLibrary(file: string, library: string): Promise<TemplateEntry>;
  removeModule(file: string, module: string): Promise<TemplateEntry>;
  /** Starting points for new templates. */
  presets(): Promise<readonly TemplatePreset[]>;
  /** What differs, as policy in words and as text. Throws when one of the two is no valid template. */
  diff(before: TemplateRef, after: TemplateRef): Promise<TemplateDiff>;
  /** Against the last commit; `null` when there is none. */
  diffWithGit(file: string): Promise<TemplateDiff | null>;
  /** Writes templates into one file where the user says; gives its path, or nothing when they cancelled. */
  exportTo(files: readonly string[], suggestedName: string): Promise<string | undefined>;
  /** Writes templates as files into a folder that the user chooses; gives its path, or nothing when they cancelled. */
  exportToFolder(files: readonly string[]): Promise<string | undefined>;
  /** Several received files as one text to import. */
  bundle(files: readonly ReceivedFile[]): Promise<string>;
  /** What an import would do; writes nothing. */
  previewImport(text: string): Promise<readonly ImportItem[]>;
  import(text: string, choices: readonly ImportChoice[]): Promise<readonly TemplateEntry[]>;
  /** JSON Schema of template files. */
  jsonSchema(): Promise<IpcOutput<"templates.jsonSchema">["schema"]>;
}

export function createTemplates(client: Client, notices: Notices): TemplatesConcern {
  const store = createStore<TemplatesState>(() => ({ templates: [], loaded: false }));
  client.on("templates.changed", ({ templates }) => store.setState({ templates, loaded: true }));

  const load = async () => {
    const { templates } = await client.request("templates.list", {});
    store.setState({ templates, loaded: true });
  };
  // The change event follows; the answer is shown at once so that the next act finds it.
  const keep = async ({ entry }: { entry: TemplateEntry }) => {
    await load();
    return entry;
  };
  return {
    store,
    load,
    get: (file) => store.getState().templates.find((entry) => entry.file === file),
    byId: (id) => store.getState().templates.find((entry) => entry.template?.id === id),
    create: async (input) => keep(await client.request("templates.create", input)),
    duplicate: async (file, name) => keep(await client.request("templates.duplicate", { file, name })),
    rename: async (file, name) => keep(await client.request("templates.rename", { file, name })),
    addModule: async (file, module) => keep(await client.request("templates.addModule", { file, module })),
    addLibrary: async (file, library) =>
      keep(await client.request("templates.addLibrary", { file, library })),
    removeModule: async (file, module) =>
      keep(await client.request("templates.removeModule", { file, module })),
    presets: async () => (await client.request("templates.presets", {})).presets,
    diff: (before, after) => client.request("templates.diff", { before, after }),
    diffWithGit: async (file) => (await client.request("templates.diffWithGit", { file })).diff,
    async exportTo(files, suggestedName) {
      const { bundle } = await client.request("templates.export", { files: [...files] });
      return (await client.request("app.saveTextAs", { suggestedName, text: bundle })).path;
    },
    exportToFolder: async (files) =>
      (await client.request("templates.exportFolder", { files: [...files] })).path,
    bundle: async (files) => (await client.request("templates.bundleFiles", { files: [...files] })).text,
    previewImport: async (text) => (await client.request("templates.previewImport", { text })).items,
    async import(text, choices) {
      const { entries } = await client.request("templates.import", { text, choices: [...choices] });
      await load();
      return entries;
    },
    jsonSchema: async () => (await client.request("templates.jsonSchema", {})).schema,
    async delete(file) {
      const name = store.getState().templates.find((entry) => entry.file === file)?.name ?? file;
      const { undoToken } = await client.request("templates.delete", { file });
      await load();
      notices.show({
        severity: "info",
        message: `The template “${name}” is in the trash.`,
        action: {
          label: "Undo",
          run: () =>
            notices.attempt(async () => {
              await client.request("templates.undoDelete", { undoToken });
              await load();
            }),
        },
      });
    },
  };
}
