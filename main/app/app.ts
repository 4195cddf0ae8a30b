import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  nativeTheme,
  session as electronSession,
  shell,
} from "electron";
import { join } from "node:path";
import type { AppInfo } from "../../shared/ipc/app";
import type { IpcEventName, IpcEventPayload } from "../../shared/ipc/events";
import { assetPath } from "../core/assets";
import { dataFolder as defaultDataFolder } from "../core/data-folder";
import type { Shell } from "../ipc/handlers/context";
import { createHandlers } from "../ipc/handlers";
import { registerIpc, sendEvent } from "../ipc/register";
import { readArguments } from "./arguments";
import { OpenWorkspace } from "./open-workspace";
import { createLog } from "./log";
import { installMenu } from "./menu";
import { quitGracefully } from "./quit";
import { externalUrl } from "./security/external-links";
import { denyNavigation } from "./security/navigation";
import { denyNetwork } from "./security/network";
import { PAGE_ORIGIN } from "./security/page-assets";
import { registerPageScheme, servePage } from "./security/page-protocol";
import { denyPermissions } from "./security/permissions";
import { SettingsStore } from "./state/settings-store";
import { createWindow } from "./window";

// Each concern is one small set-up, called in order from here.
registerPageScheme();
denyNavigation(app);

const isOnlyInstance = app.requestSingleInstanceLock();
if (isOnlyInstance) void start();
else app.quit();

async function start(): Promise<void> {
  await app.whenReady();
  // Chromium's own files stay in its profile; ours are where the command line finds them too.
  const dataFolder = defaultDataFolder();
  const log = createLog(join(dataFolder, "logs"));
  const notices: AppInfo["notices"] = [];
  process.on("unhandledRejection", (reason) => log("A promise was rejected and nobody listened", reason));

  const started = readArguments(process.argv.slice(1), app.isPackaged ? undefined : app.getAppPath());
  const { store: settings, notice } = await SettingsStore.open(join(dataFolder, "settings.json"));
  if (notice !== undefined) notices.push({ code: "STORAGE_UNAVAILABLE", message: notice });

  const page = electronSession.defaultSession;
  servePage(page, assetPath("renderer"));
  denyPermissions(page);
  denyNetwork(page);

  const emit = <Name extends IpcEventName>(name: Name, payload: IpcEventPayload<Name>): void => {
    for (const window of BrowserWindow.getAllWindows()) sendEvent(window.webContents, name, payload, log);
  };
  const workspaces = new OpenWorkspace({
    dataFolder,
    documentsFolder: process.env.VM_WORKBENCH_DOCUMENTS ?? app.getPath("documents"),
    settings,
    emit,
    log,
  });
  // The page is served first; what it asks waits for the workspace.
  let opening: Promise<void> | undefined;
  const opened = (): Promise<void> =>
    (opening ??= workspaces
      .openFirst(started.workspace)
      .then(() => void notices.push(...workspaces.takeNotices())));

  const info = (): AppInfo => ({
    version: app.getVersion(),
    electron: process.versions.electron,
    node: process.versions.node,
    platform: process.platform,
    safeMode: started.safe,
    notices,
  });
  const settingsChanged = (): void => {
    applyTheme(settings);
    emit("settings.changed", { settings: settings.get() });
  };
  applyTheme(settings);
  installMenu((command) => emit("app.command", { command }), process.platform === "darwin");

  const isOurWindow = (contentsId: number): boolean =>
    BrowserWindow.getAllWindows().some((window) => window.webContents.id === contentsId);
  registerIpc(
    createHandlers({
      current: workspaces,
      settings,
      shell: systemShell(),
      info,
      settingsChanged,
      searchResults: (id, matches) => emit("search.results", { id, matches }),
    }),
    { origin: PAGE_ORIGIN, isOurWindow },
    opened,
    log,
  );
  createWindow(log);
  // While the page's process starts: what its first request would wait for.
  void new Response();
  app.on("second-instance", (_event, argv) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
    const { workspace } = readArguments(argv.slice(1), app.isPackaged ? undefined : app.getAppPath());
    if (workspace !== undefined)
      void workspaces
        .open(workspace)
        .catch((error: unknown) => log("A second launch named a folder that cannot be opened", error));
  });
  app.on("activate", () => {
    if (BrowserWindow.getAllWindows().length === 0) createWindow(log);
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  quitGracefully(app, () => workspaces.dispose(), log);
}

function applyTheme(settings: SettingsStore): void {
  const { theme } = settings.get();
  nativeTheme.themeSource = theme === "highContrast" ? "dark" : theme;
}

/** The system's dialogs, trash, clipboard and browser. */
function systemShell(): Shell {
  const window = (): BrowserWindow | undefined =>
    BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  return {
    chooseFolder: async (title, startAt) => {
      const options: Electron.OpenDialogOptions = {
        title,
        ...(startAt === undefined ? {} : { defaultPath: startAt }),
        properties: ["openDirectory", "createDirectory"],
      };
      const parent = window();
      const answer =
        parent === undefined
          ? await dialog.showOpenDialog(options)
          : await dialog.showOpenDialog(parent, options);
      return answer.canceled ? undefined : answer.filePaths[0];
    },
    chooseSavePath: async (suggestedName) => {
      const options: Electron.SaveDialogOptions = { title: "Save as", defaultPath: suggestedName };
      const parent = window();
      const answer =
        parent === undefined
          ? await dialog.showSaveDialog(options)
          : await dialog.showSaveDialog(parent, options);
      return answer.canceled ? undefined : answer.filePath;
    },
    confirm: async ({ message, detail, action }) => {
      const options: Electron.MessageBoxOptions = {
        type: "warning",
        message,
        detail,
        buttons: [action, "Cancel"],
        defaultId: 1,
        cancelId: 1,
      };
      const parent = window();
      const { response } =
        parent === undefined
          ? await dialog.showMessageBox(options)
          : await dialog.showMessageBox(parent, options);
      return response === 0;
    },
    revealInFileManager: (path) => shell.showItemInFolder(path),
    copyText: (text) => {
      void clipboard.writeText(text);
    },
    openExternal: async (url) => {
      const allowed = externalUrl(url);
      if (allowed === undefined) return false;
      await shell.openExternal(allowed);
      return true;
    },
  };
}
