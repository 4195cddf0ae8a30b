import { ChevronsDownUp, FilePlus, Files, FolderPlus } from "lucide-react";
import { useValue, useWorkbench } from "../../state/context";
import { parentOf } from "../../state/paths";
import type { Workbench } from "../../state/workbench";
import { IconButton } from "../../ui";
import { FilesView } from "./FilesView";

/** Folder in which a new file belongs: the selected one, or the folder of the selected file. */
function targetFolder({ files }: Workbench): string {
  const { selected, children } = files.store.getState();
  if (selected === null) return "";
  return children[selected] === undefined ? parentOf(selected) : selected;
}

function FilesActions() {
  const workbench = useWorkbench();
  const { commands, files, workspace } = workbench;
  const isReadOnly = useValue(workspace.store, (state) => state.workspace?.readOnly ?? true);
  return (
    <>
      <IconButton
        label="New file"
        icon={<FilePlus aria-hidden />}
        disabled={isReadOnly}
        onClick={() => commands.run("file.new")}
      />
      <IconButton
        label="New folder"
        icon={<FolderPlus aria-hidden />}
        disabled={isReadOnly}
        onClick={() => commands.run("file.newFolder")}
      />
      <IconButton
        label="Close all folders"
        icon={<ChevronsDownUp aria-hidden />}
        onClick={files.collapseAll}
      />
    </>
  );
}

/** The Files view and its commands. */
export function registerFiles(workbench: Workbench): void {
  const { places, commands, files, layout, workspace, tabs } = workbench;
  const isOpen = () => workspace.store.getState().workspace !== null;
  places.views.add({
    id: "files",
    title: "Files",
    icon: Files,
    order: 1,
    View: FilesView,
    Actions: FilesActions,
  });
  commands.add(
    {
      id: "file.new",
      title: "New file",
      category: "File",
      keys: ["Mod+N"],
      enabled: isOpen,
      run: () => {
        layout.showView("files");
        files.startNaming({ kind: "file", folder: targetFolder(workbench) });
      },
    },
    {
      id: "file.newFolder",
      title: "New folder",
      category: "File",
      enabled: isOpen,
      run: () => {
        layout.showView("files");
        files.startNaming({ kind: "folder", folder: targetFolder(workbench) });
      },
    },
    {
      id: "file.showInTree",
      title: "Show the active file in the Files view",
      category: "File",
      enabled: () => typeof tabs.active()?.input["path"] === "string",
      run: async () => {
        const path = tabs.active()?.input["path"];
        if (typeof path !== "string") return;
        layout.showView("files");
        await files.show(path);
      },
    },
  );
  // The tree follows the file that is being looked at.
  let shown: string | undefined;
  tabs.store.subscribe(() => {
    const path = tabs.active()?.input["path"];
    if (typeof path !== "string" || path === shown) return;
    shown = path;
    if (files.store.getState().selected !== path) workbench.notices.attempt(() => files.show(path));
  });
}
