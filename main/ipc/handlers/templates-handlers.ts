import type { IpcHandlers } from "../router";
import type { HandlerContext } from "./context";

type TemplatesHandlers = Pick<IpcHandlers, Extract<keyof IpcHandlers, `templates.${string}`>>;

/** Template files: every line calls the function of the same name in `main/templates`. */
export function templatesHandlers({ current }: HandlerContext): TemplatesHandlers {
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
    "templates.removeModule": async ({ file, module }) => ({
      entry: await templates().removeModule(file, module),
    }),
    "templates.removeBuiltins": ({ file }) => templates().removeBuiltins(file),
  };
}
