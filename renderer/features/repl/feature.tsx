import type { Workbench } from "../../state/workbench";
import { ReplView } from "./ReplView";

/** The REPL panel. */
export function registerRepl({ places, commands, layout }: Workbench): void {
  places.panels.add({ id: "repl", title: "REPL", order: 2, View: ReplView });
  commands.add({
    id: "repl.focus",
    title: "Go to the REPL input",
    category: "View",
    keys: ["Mod+Shift+Y"],
    run: () => {
      layout.showPanel("repl");
      requestAnimationFrame(() =>
        document.querySelector<HTMLTextAreaElement>(".repl-input textarea")?.focus(),
      );
    },
  });
}
