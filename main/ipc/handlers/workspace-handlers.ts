import { pathInWorkspace } from "../../workspace/paths";
import type { IpcHandlers } from "../router";
import type { HandlerContext } from "./context";

type WorkspaceHandlers = Pick<IpcHandlers, Extract<keyof IpcHandlers, `${"workspace" | "files"}.${string}`>>;

/** The folder that is open, and its files. */
export function workspaceHandlers({ current, shell, searchResults }: HandlerContext): WorkspaceHandlers {
  const files = () => current.workbench().files;
  const searches = new Map<string, AbortController>();
  return {
    "workspace.get": () => ({ workspace: current.info() }),
    "workspace.open": async ({ path }) => {
      const root = path ?? (await shell.chooseFolder("Open folder"));
      return { workspace: root === undefined ? null : await current.open(root) };
    },
    "workspace.openSample": async () => ({ workspace: await current.openSample() }),
    "workspace.recent": () => ({ roots: current.recent() }),
    "files.list": async ({ path }) => ({ entries: await files().list(path) }),
    "files.all": () => files().all(),
    "files.read": ({ path }) => files().read(path),
    "files.write": ({ path, content, expectedHash }) => files().write(path, content, expectedHash),
    "files.createFolder": async ({ path }) => {
      await files().createFolder(path);
      return {};
    },
    "files.rename": async ({ from, to, updateImports }) => ({
      updated: await files().rename(from, to, { updateImports }),
    }),
    "files.trash": async ({ path }) => ({ undoToken: await files().trash(path) }),
    "files.undoTrash": async ({ undoToken }) => ({ path: await files().undoTrash(undoToken) }),
    "files.chooseFolder": async () => {
      const folder = await shell.chooseFolder("Choose a folder", files().workspaceRoot);
      return folder === undefined ? {} : { path: pathInWorkspace(files().workspaceRoot, folder) };
    },
    "files.reveal": ({ path }) => {
      shell.revealInFileManager(files().absolute(path));
      return {};
    },
    "files.search": async ({ id, ...query }) => {
      const cancel = new AbortController();
      searches.set(id, cancel);
      try {
        return await files().search(query, (matches) => searchResults(id, matches), cancel.signal);
      } finally {
        searches.delete(id);
      }
    },
    "files.cancelSearch": ({ id }) => {
      searches.get(id)?.abort();
      return {};
    },
  };
}
