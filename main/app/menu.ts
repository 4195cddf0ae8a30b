import { Menu, type MenuItemConstructorOptions } from "electron";

/** Ids of the window's command registry that have a place in the menu. */
type MenuCommand =
  | "file.new"
  | "file.save"
  | "workspace.open"
  | "settings.open"
  | "palette.open"
  | "quickOpen.open"
  | "run.start"
  | "run.stop"
  | "tour.start"
  | "shortcuts.open";

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
        item("Settings", "settings.open", "CmdOrCtrl+,"),
        { type: "separator" },
        isMac ? { role: "close" } : { role: "quit" },
      ],
    },
    { role: "editMenu" },
    {
      label: "View",
      submenu: [
        item("Command Palette", "palette.open", "CmdOrCtrl+Shift+P"),
        item("Go to File", "quickOpen.open", "CmdOrCtrl+P"),
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
      submenu: [item("Run", "run.start", "CmdOrCtrl+Enter"), item("Stop", "run.stop", "CmdOrCtrl+.")],
    },
    { role: "windowMenu" },
    { role: "help", submenu: [item("Tour", "tour.start"), item("Keyboard Shortcuts", "shortcuts.open")] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
