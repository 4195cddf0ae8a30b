import { WorkbenchError } from "../../../shared/model/error";
import { writeAtomically } from "../../workspace/write-file";
import type { IpcHandlers } from "../router";
import type { HandlerContext } from "./context";

type AppHandlers = Pick<IpcHandlers, Extract<keyof IpcHandlers, `app.${string}`>>;

/** Settings, the window's own state, and what only the shell around the page can do. */
export function appHandlers(context: HandlerContext): AppHandlers {
  const { settings, shell, current } = context;
  return {
    "app.info": () => context.info(),
    "app.getSettings": () => settings.get(),
    "app.setSettings": async (patch) => {
      try {
        return await settings.update(patch);
      } finally {
        context.settingsChanged();
      }
    },
    // In safe mode nothing is restored; what is there stays on disk.
    "app.getState": async ({ key }) => ({
      value: context.info().safeMode ? null : await current.uiState().get(key),
    }),
    "app.setState": async ({ key, value }) => {
      if (!context.info().safeMode) await current.uiState().set(key, value);
      return {};
    },
    "app.openExternal": async ({ url }) => ({ opened: await shell.openExternal(url) }),
    "app.copyText": ({ text }) => {
      shell.copyText(text);
      return {};
    },
    "app.saveTextAs": async ({ suggestedName, text }) => {
      const path = await shell.chooseSavePath(suggestedName);
      if (path === undefined) return {};
      // What was there before must not be lost to a full disk.
      await writeAtomically(path, text).catch((cause: unknown) => {
        if (cause instanceof WorkbenchError) throw cause;
        throw new WorkbenchError(
          "STORAGE_UNAVAILABLE",
          `The file could not be saved: ${String(cause)}`,
          { path },
          { cause },
        );
      });
      return { path };
    },
  };
}
