import { GitCompare, History, LineChart, RotateCcw } from "lucide-react";
import { useWorkbench } from "../../state/context";
import type { Tab } from "../../state/tabs";
import type { Workbench } from "../../state/workbench";
import { IconButton } from "../../ui";
import { CompareTab } from "./CompareTab";
import { DurationsTab } from "./DurationsTab";
import { ExecutionTab } from "./ExecutionTab";
import { HistoryView } from "./HistoryView";
import { DURATIONS_KIND, durationsTab, EXECUTION_COMPARE_KIND, EXECUTION_KIND, executionOf } from "./tabs";

const titleOf = (tab: Tab): string =>
  typeof tab.input["name"] === "string" ? tab.input["name"] : "Execution";

function HistoryActions() {
  const { history, notices } = useWorkbench();
  return (
    <IconButton
      label="Read the history again"
      icon={<RotateCcw aria-hidden />}
      onClick={() => notices.attempt(() => history.load())}
    />
  );
}

/** Executions of now and earlier: the History view and tabs that show, compare and plot them. */
export function registerHistory({ places, commands, history, tabs, run }: Workbench): void {
  places.views.add({
    id: "history",
    title: "History",
    icon: History,
    order: 4,
    View: HistoryView,
    Actions: HistoryActions,
  });
  places.tabKinds.add(
    {
      id: EXECUTION_KIND,
      title: titleOf,
      describe: (tab) => `Execution of ${titleOf(tab)}`,
      icon: () => <History aria-hidden />,
      View: ExecutionTab,
      closed(tab) {
        const id = executionOf(tab);
        if (id !== undefined) history.close(id);
      },
    },
    { id: EXECUTION_COMPARE_KIND, title: titleOf, icon: () => <GitCompare aria-hidden />, View: CompareTab },
    { id: DURATIONS_KIND, title: titleOf, icon: () => <LineChart aria-hidden />, View: DurationsTab },
  );
  commands.add({
    id: "history.durations",
    title: "Durations of the script over time",
    category: "History",
    enabled: () => run.store.getState().script !== null,
    run: () => {
      const { script } = run.store.getState();
      if (script !== null) tabs.open(durationsTab(script));
    },
  });
}
