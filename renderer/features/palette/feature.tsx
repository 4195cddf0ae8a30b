import type { Workbench } from "../../state/workbench";
import { Palette } from "./Palette";
import { ShortcutsDialog } from "./ShortcutsDialog";

/** Command palette, quick open and the list of shortcuts. */
export function registerPalette({ commands, dialogs }: Workbench): void {
  const open = (initial: "files" | "commands") => async () => {
    await dialogs.ask((close) => <Palette initial={initial} close={close} />);
  };
  commands.add(
    {
      id: "app.palette",
      title: "Command palette",
      category: "Help",
      keys: ["Mod+Shift+P", "F1"],
      run: open("commands"),
    },
    { id: "app.quickOpen", title: "Quick open", category: "File", keys: ["Mod+P"], run: open("files") },
    {
      id: "app.shortcuts",
      title: "Keyboard shortcuts",
      category: "Help",
      run: async () => {
        await dialogs.ask((close) => <ShortcutsDialog close={close} />);
      },
    },
  );
}
