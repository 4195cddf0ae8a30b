import type { Workbench } from "../state/workbench";
import { focusPart, stepPart } from "./focusParts";

/** Commands of the frame: views, panel, tabs, workspace. */
export function registerShell(workbench: Workbench): void {
  const { commands, layout, tabs, places, workspace, persistence } = workbench;
  const hasTab = () => tabs.active() !== undefined;
  commands.add(
    {
      id: "view.toggleSideBar",
      title: "Show or hide the side bar",
      category: "View",
      keys: ["Mod+B"],
      run: layout.toggleSideBar,
    },
    {
      id: "view.togglePanel",
      title: "Show or hide the panel",
      category: "View",
      keys: ["Mod+J"],
      run: layout.togglePanel,
    },
    {
      id: "view.maximisePanel",
      title: "Maximise or restore the panel",
      category: "View",
      run: layout.toggleMaximisedPanel,
    },
    {
      id: "view.splitEditor",
      title: "Split the editor",
      category: "View",
      keys: ["Mod+\\"],
      enabled: hasTab,
      run: tabs.split,
    },
    {
      id: "view.nextPart",
      title: "Go to the next part of the window",
      category: "View",
      keys: ["F6"],
      run: () => stepPart(1),
    },
    {
      id: "view.previousPart",
      title: "Go to the previous part of the window",
      category: "View",
      keys: ["Shift+F6"],
      run: () => stepPart(-1),
    },
    {
      id: "view.focusEditor",
      title: "Go to the editor",
      category: "View",
      run: () => {
        layout.showEditors();
        focusPart("editors");
      },
    },
    {
      id: "view.nextTab",
      title: "Next tab",
      category: "View",
      keys: ["Mod+PageDown", "Mod+Tab"],
      enabled: hasTab,
      run: () => tabs.step(1),
    },
    {
      id: "view.previousTab",
      title: "Previous tab",
      category: "View",
      keys: ["Mod+PageUp", "Mod+Shift+Tab"],
      enabled: hasTab,
      run: () => tabs.step(-1),
    },
    {
      id: "file.close",
      title: "Close tab",
      category: "File",
      keys: ["Mod+W"],
      enabled: hasTab,
      run: () => closeActive(workbench),
    },
    {
      id: "file.closeAll",
      title: "Close all tabs",
      category: "File",
      enabled: hasTab,
      run: async () => {
        for (const group of tabs.store.getState().groups)
          for (const tab of group.tabs) await closeTab(workbench, tab.id, group.id);
      },
    },
    {
      id: "file.reopen",
      title: "Reopen closed tab",
      category: "File",
      keys: ["Mod+Shift+T"],
      enabled: () => tabs.store.getState().closed.length > 0,
      run: tabs.reopen,
    },
    {
      id: "workspace.open",
      title: "Open folder…",
      category: "Workspace",
      keys: ["Mod+O"],
      run: async () => {
        await persistence.flush();
        await workspace.open();
      },
    },
    {
      id: "workspace.openSample",
      title: "Open the sample workspace",
      category: "Workspace",
      run: async () => {
        await persistence.flush();
        await workspace.openSample();
      },
    },
  );
  // Views and panels come from the features: their commands are made from the same registrations.
  places.views.store.subscribe(({ items }) => {
    for (const { id, title, order } of items) {
      if (commands.get(`view.show.${id}`) !== undefined) continue;
      const key = order >= 1 && order <= 9 ? { keys: [`Mod+${order}`] } : {};
      commands.add({
        id: `view.show.${id}`,
        title: `Show ${title}`,
        category: "View",
        ...key,
        run: () => {
          layout.showView(id);
          focusPart("side");
        },
      });
    }
  });
  places.panels.store.subscribe(({ items }) => {
    for (const { id, title, keys } of items) {
      if (commands.get(`panel.show.${id}`) !== undefined) continue;
      commands.add({
        id: `panel.show.${id}`,
        title: `Show ${title}`,
        category: "View",
        ...(keys === undefined ? {} : { keys }),
        run: () => {
          layout.showPanel(id);
          focusPart("panel");
        },
      });
    }
  });
  // The application's menu names commands of this registry.
  workbench.client.on("app.command", ({ command }) => commands.run(command));
}

function closeActive(workbench: Workbench): Promise<void> {
  const { groups, activeGroup } = workbench.tabs.store.getState();
  const group = groups.find((candidate) => candidate.id === activeGroup);
  return group?.active == null ? Promise.resolve() : closeTab(workbench, group.active, group.id);
}

/** Closes a tab after its kind agreed, and lets the kind release its document with its last tab. */
export async function closeTab({ tabs, places }: Workbench, tabId: string, groupId: string): Promise<void> {
  const all = () => tabs.store.getState().groups.flatMap((group) => group.tabs);
  const tab = all().find((candidate) => candidate.id === tabId);
  if (tab === undefined) return;
  const kind = places.tabKinds.get(tab.kind);
  const isLast = all().filter((candidate) => candidate.id === tabId).length === 1;
  if (isLast && kind?.mayClose !== undefined && !(await kind.mayClose(tab))) return;
  tabs.close(tabId, groupId);
  if (isLast) kind?.closed?.(tab);
}
