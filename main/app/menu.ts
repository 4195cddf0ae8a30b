import { Menu, type MenuItemConstructorOptions } from "electron";
import type { IpcEventPayload } from "../../shared/ipc/events";

/** A command of the window's registry. */
type MenuCommand = IpcEventPayload<"app.command">["command"];

/**
 * The application menu. Its items send commands to the window; accelerators are shown but not registered, because the
 * window's own key map handles them (and the same key must not act twice).
 */
export function installMenu(send: (command: MenuCommand) => void, isMac: boolean): void {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: "appMenu" } satisfies MenuItemConstructorOptions] : []),
    {
      label: "File",
      submenu: [
        item("New File", "file.new", "CmdOrCtrl+N"),
        item("Open Folder…", "workspace.open", "CmdOrCtrl+O"),
        item("Save", "file.save", "CmdOrCtrl+S"),
        { type: "separator" },
        item("Settings", "app.settings", "CmdOrCtrl+,"),
        { type: "separator" },
        isMac ? { role: "close" } : { role: "quit" },
      ],
    },
    { role: "editMenu" },
    {
      label: "View",
      submenu: [
        item("Command Palette", "app.palette", "CmdOrCtrl+Shift+P"),
        item("Go to File", "app.quickOpen", "CmdOrCtrl+P"),
        { type: "separator" },
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { role: "togglefullscreen" },
        { type: "separator" },
        { role: "toggleDevTools" },
      ],
    },
    {
      label: "Run",
      submenu: [item("Run", "run.script", "CmdOrCtrl+Enter"), item("Stop", "run.stop", "CmdOrCtrl+.")],
    },
    { role: "windowMenu" },
    { role: "help", submenu: [item("Tour", "app.tour"), item("Keyboard Shortcuts", "app.shortcuts")] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
