import { bundleOfFiles, exportBundle } from "../../templates/bundle";
import { diffTemplates } from "../../templates/diff-sources";
import { templateEffects } from "../../templates/effects";
import { diffWithGit } from "../../templates/git";
import { writeExportFolder } from "../../templates/export-folder";
import { importTemplates, previewImport } from "../../templates/import";
import { templateJsonSchema } from "../../templates/json-schema";
import { PRESETS, presetTemplate } from "../../templates/presets";
import type { IpcHandlers } from "../router";
import type { HandlerContext } from "./context";

type TemplatesHandlers = Pick<IpcHandlers, Extract<keyof IpcHandlers, `templates.${string}`>>;

/** Template files: every line calls the function of the same name in `main/templates`. */
export function templatesHandlers({ current, shell }: HandlerContext): TemplatesHandlers {
  const templates = () => current.workbench().templates;
  return {
    "templates.list": async () => ({ templates: await templates().list() }),
    "templates.create": async (options) => ({ entry: await templates().create(options) }),
    "templates.save": async ({ file, source, expectedHash }) => ({
      entry: await templates().save(file, source, expectedHash),
    }),
    "templates.check": ({ source, file }) => templates().check(source, file),
    "templates.duplicate": async ({ file, name }) => ({ entry: await templates().duplicate(file, name) }),
    "templates.rename": async ({ file, name }) => ({ entry: await templates().rename(file, name) }),
    "templates.delete": ({ file }) => templates().delete(file),
    "templates.undoDelete": async ({ undoToken }) => ({ entry: await templates().undoDelete(undoToken) }),
    "templates.addModule": async ({ file, module, config }) => ({
      entry: await templates().addModule(file, module, config),
    }),
    "templates.addLibrary": async ({ file, library }) => ({
      entry: await templates().addLibrary(file, library),
    }),
    "templates.removeModule": async ({ file, module }) => ({
      entry: await templates().removeModule(file, module),
    }),
    "templates.removeBuiltins": ({ file }) => templates().removeBuiltins(file),
    "templates.diff": ({ before, after }) => diffTemplates(before, after, templates()),
    "templates.diffWithGit": async ({ file }) => ({ diff: await diffWithGit(file, templates()) }),
    "templates.presets": () => ({
      presets: PRESETS.map((preset) => ({
        id: preset.id,
        title: preset.title,
        summary: preset.summary,
        effects: templateEffects(presetTemplate(preset), templates().rules.registry),
      })),
    }),
    "templates.suggest": async ({ source }) => {
      const { files, scripts } = current.workbench();
      return scripts.suggest(source, (await files.all()).paths, templates().rules);
    },
    "templates.export": async ({ files }) => ({
      bundle: exportBundle(await Promise.all(files.map((file) => templates().get(file)))),
    }),
    "templates.exportFolder": async ({ files }) => {
      const folder = await shell.chooseFolder("Export templates to a folder");
      if (folder === undefined) return {};
      const entries = await Promise.all(files.map((file) => templates().get(file)));
      const written = await writeExportFolder(entries, folder, (others) =>
        shell.confirm({
          message: others.length === 1 ? "Replace a file?" : `Replace ${others.length} files?`,
          detail: `${folder} holds ${others.join(", ")} already, with another content.`,
          action: "Replace",
        }),
      );
      return written ? { path: folder } : {};
    },
    "templates.bundleFiles": ({ files }) => ({ text: bundleOfFiles(files) }),
    "templates.previewImport": async ({ text }) => ({ items: await previewImport(text, templates()) }),
    "templates.import": async ({ text, choices }) => ({
      entries: await importTemplates(text, choices, templates()),
    }),
    "templates.jsonSchema": () => ({ schema: templateJsonSchema(templates().rules) }),
  };
}
