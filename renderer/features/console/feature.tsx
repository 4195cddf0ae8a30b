import type { Workbench } from "../../state/workbench";
import { ConsoleView } from "./ConsoleView";
import { focusedLog, stepInLog } from "../../log/focusedLog";
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
          document.querySelector<HTMLInputElement>(".console .log-search input")?.focus(),
        );
      },
    },
    {
      id: "log.search",
      title: "Search in the log that has the focus",
      category: "View",
      keys: ["Mod+F"],
      enabled: () => focusedLog() !== null,
      run: () => focusedLog()?.querySelector<HTMLInputElement>(".log-search input")?.select(),
    },
    {
      id: "log.nextHit",
      title: "Next hit in the log",
      category: "View",
      keys: ["F3"],
      enabled: () => focusedLog() !== null,
      run: () => stepInLog("Next hit"),
    },
    {
      id: "log.previousHit",
      title: "Previous hit in the log",
      category: "View",
      keys: ["Shift+F3"],
      enabled: () => focusedLog() !== null,
      run: () => stepInLog("Previous hit"),
    },
    {
      id: "console.timestamps",
      title: "Show or hide time stamps",
      category: "View",
      run: () => consoleOptions.setState(({ timestamps }) => ({ timestamps: !timestamps })),
    },
  );
}
