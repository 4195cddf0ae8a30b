import type { Workbench } from "../../state/workbench";
import { ConsoleView } from "./ConsoleView";
import { consoleOptions } from "../../log/options";

/** The Console panel and its commands. */
export function registerConsole(workbench: Workbench): void {
  const { places, commands, run, console: output, layout } = workbench;
  places.panels.add({ id: "console", title: "Console", order: 1, View: ConsoleView });
  commands.add(
    {
      id: "console.clear",
      title: "Clear the console",
      category: "View",
      keys: ["Mod+L"],
      enabled: () => run.store.getState().session !== null,
      run: () => {
        const { session } = run.store.getState();
        if (session !== null) output.clear(session);
      },
    },
    {
      id: "console.search",
      title: "Search the console",
      category: "View",
      run: () => {
        layout.showPanel("console");
        requestAnimationFrame(() =>
          document.querySelector<HTMLInputElement>(".console-search input")?.focus(),
        );
      },
    },
    {
      id: "console.timestamps",
      title: "Show or hide time stamps",
      category: "View",
      run: () => consoleOptions.setState(({ timestamps }) => ({ timestamps: !timestamps })),
    },
  );
}
