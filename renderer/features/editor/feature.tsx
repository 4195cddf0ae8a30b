import { GitCompare } from "lucide-react";
import { useValue, useWorkbench } from "../../state/context";
import { isDirty } from "../../state/documents";
import { isScript, isWithin } from "../../state/paths";
import { fileTab, SCRIPT_TAB } from "../../state/reveal";
import type { Tab } from "../../state/tabs";
import type { Workbench } from "../../state/workbench";
import { currentEditorService } from "../../monaco/service";
import { fileIcon } from "../../ui/fileIcon";
import { DiffTab } from "./DiffTab";
import { DIFF_KIND } from "./diffTab";
import { FileView } from "./FileView";
import { pathOfTab } from "./input";
import { mayCloseFile, saveFile } from "./saving";

/** Files and diffs in the editor area, and the commands that act on them. */
export function registerEditor(workbench: Workbench): void {
  const { places, tabs, documents, files, run } = workbench;
  places.tabKinds.add(
    {
      id: SCRIPT_TAB,
      shared: true,
      title: (tab) => (typeof tab.input["name"] === "string" ? tab.input["name"] : pathOfTab(tab)),
      describe: pathOfTab,
      icon: (tab) => fileIcon(pathOfTab(tab)),
      View: FileView,
      useMark(tab) {
        const store = useWorkbench().documents.store;
        return useValue(store, ({ documents: all }) => {
          const document = all[pathOfTab(tab)];
          if (document?.state === "missing") return "missing";
          return isDirty(document) ? "dirty" : "clean";
        });
      },
      mayClose: (tab) => mayCloseFile(workbench, pathOfTab(tab)),
      save: (tab) => saveFile(workbench, pathOfTab(tab)),
      closed: (tab) => documents.close(pathOfTab(tab)),
    },
    {
      id: DIFF_KIND,
      title: (tab) => (typeof tab.input["title"] === "string" ? tab.input["title"] : "Diff"),
      icon: () => <GitCompare aria-hidden />,
      View: DiffTab,
    },
  );

  const isFile = (tab: Tab | undefined) => tab?.kind === SCRIPT_TAB;
  const editor = () => currentEditorService(workbench)?.active();
  const editorAction = (id: string) => () => {
    editor()?.focus();
    // Not every act of Monaco is an action that can be asked for; all of them can be triggered.
    editor()?.trigger("workbench", id, {});
  };
  const isEditing = () => isFile(tabs.active()) && editor() !== undefined;

  workbench.commands.add(
    {
      id: "file.save",
      title: "Save",
      category: "File",
      keys: ["Mod+S"],
      run: async () => {
        const tab = tabs.active();
        if (tab !== undefined) await places.tabKinds.get(tab.kind)?.save?.(tab);
      },
    },
    {
      id: "file.saveAll",
      title: "Save all",
      category: "File",
      keys: ["Mod+Alt+S"],
      run: async () => {
        for (const group of tabs.store.getState().groups)
          for (const tab of group.tabs) await places.tabKinds.get(tab.kind)?.save?.(tab);
      },
    },
    {
      id: "edit.find",
      title: "Find in this file",
      category: "Edit",
      enabled: isEditing,
      run: editorAction("actions.find"),
    },
    {
      id: "edit.replace",
      title: "Replace in this file",
      category: "Edit",
      enabled: isEditing,
      run: editorAction("editor.action.startFindReplaceAction"),
    },
    {
      id: "edit.format",
      title: "Format document",
      category: "Edit",
      keys: ["Shift+Alt+F", "Alt+Shift+F"],
      enabled: isEditing,
      run: editorAction("editor.action.formatDocument"),
    },
    {
      id: "edit.goToDefinition",
      title: "Go to definition",
      category: "Edit",
      keys: ["F12"],
      enabled: isEditing,
      run: editorAction("editor.action.revealDefinition"),
    },
    {
      id: "edit.goToSymbol",
      title: "Go to symbol in this file",
      category: "Edit",
      keys: ["Mod+Shift+O"],
      enabled: isEditing,
      run: editorAction("editor.action.quickOutline"),
    },
    {
      id: "edit.goToLine",
      title: "Go to line",
      category: "Edit",
      keys: ["Mod+G"],
      enabled: isEditing,
      run: editorAction("editor.action.gotoLine"),
    },
    {
      id: "edit.quickFix",
      title: "Quick fix",
      category: "Edit",
      keys: ["Alt+Enter"],
      enabled: isEditing,
      run: editorAction("editor.action.quickFix"),
    },
    {
      id: "edit.rename",
      title: "Rename symbol",
      category: "Edit",
      enabled: isEditing,
      run: editorAction("editor.action.rename"),
    },
    {
      id: "edit.toggleComment",
      title: "Toggle line comment",
      category: "Edit",
      keys: ["Mod+/"],
      enabled: isEditing,
      run: editorAction("editor.action.commentLine"),
    },
  );

  // The run bar follows the script that is being looked at.
  tabs.store.subscribe(() => {
    const tab = tabs.active();
    if (tab === undefined || !isFile(tab)) return;
    const path = pathOfTab(tab);
    if (isScript(path) && run.store.getState().script !== path) run.chooseScript(path);
  });
  files.onRenamed((from, to) => {
    documents.renamed(from, to);
    run.renamed(from, to);
    tabs.replace((tab) => {
      const path = pathOfTab(tab);
      if (!isFile(tab) || (path !== from && !path.startsWith(`${from}/`))) return tab;
      return { ...tab, ...fileTab(to + path.slice(from.length)) };
    });
  });
  files.onTrashed((gone) => {
    const { script } = run.store.getState();
    if (script !== null && isWithin(script, gone)) run.chooseScript(null);
    tabs.replace((tab) => {
      const path = pathOfTab(tab);
      const isGone =
        isFile(tab) && (path === gone || path.startsWith(`${gone}/`)) && !isDirty(documents.get(path));
      if (isGone) documents.close(path);
      return isGone ? null : tab;
    });
  });
}
