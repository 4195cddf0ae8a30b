import type { DragEvent } from "react";
import type { FileEntry } from "../../../shared/ipc/workspace";
import { isScript, parentOf } from "../../state/paths";
import { fileTab } from "../../state/reveal";
import type { Workbench } from "../../state/workbench";
import type { MenuEntry } from "../../ui";
import { confirmTrash } from "./confirmTrash";

/** Type of what is dragged: the path of an entry. */
export const DRAG_TYPE = "application/x-workbench-file";

/** What can be done with an entry of the tree. */
export interface FileActs {
  /** Opens a file, for a look or to stay; opens or closes a folder. */
  open(entry: FileEntry, how: "preview" | "keep"): void;
  /** Asks once, then moves it to the trash. */
  trash(path: string): void;
  menu(entry: FileEntry): MenuEntry[];
  /** Takes dropped entries into a folder, or beside a file; without an entry, into the workspace itself. */
  dropTarget(entry: FileEntry | undefined): {
    onDragOver(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

/** The acts, by whatever way they are asked for: keys, pointer, menu. */
export function fileActs(workbench: Workbench): FileActs {
  const { files, notices, tabs, commands } = workbench;

  const open = (entry: FileEntry, how: "preview" | "keep") => {
    files.select(entry.path);
    if (entry.kind === "file") tabs.open(fileTab(entry.path), { preview: how === "preview" });
    else if (files.store.getState().expanded[entry.path] === true) files.collapse(entry.path);
    else notices.attempt(() => files.expand(entry.path));
  };
  const trash = (path: string) => notices.attempt(() => confirmTrash(workbench, path));

  const menu = (entry: FileEntry): MenuEntry[] => {
    const folder = entry.kind === "folder" ? entry.path : parentOf(entry.path);
    return [
      ...(entry.kind === "file" && isScript(entry.path)
        ? [
            {
              label: "Run",
              onSelect: () => {
                tabs.open(fileTab(entry.path));
                workbench.run.chooseScript(entry.path);
                commands.run("run.script");
              },
            } as const,
          ]
        : []),
      ...(entry.kind === "file" ? [{ label: "Open", onSelect: () => open(entry, "keep") } as const] : []),
      { label: "New file…", onSelect: () => files.startNaming({ kind: "file", folder }) },
      { label: "New folder…", onSelect: () => files.startNaming({ kind: "folder", folder }) },
      "separator",
      {
        label: "Rename…",
        shortcut: "F2",
        onSelect: () => files.startNaming({ kind: "rename", path: entry.path }),
      },
      { label: "Move to trash", shortcut: "Delete", danger: true, onSelect: () => trash(entry.path) },
      "separator",
      {
        label: "Copy path",
        onSelect: () =>
          notices.attempt(
            async () => void (await workbench.client.request("app.copyText", { text: entry.path })),
          ),
      },
      { label: "Show in the file manager", onSelect: () => notices.attempt(() => files.reveal(entry.path)) },
    ];
  };

  const dropTarget = (entry: FileEntry | undefined) => ({
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onDrop: (event: DragEvent) => {
      const from = event.dataTransfer.getData(DRAG_TYPE);
      if (from === "") return;
      event.preventDefault();
      event.stopPropagation();
      const folder = entry === undefined ? "" : entry.kind === "folder" ? entry.path : parentOf(entry.path);
      notices.attempt(() => files.move(from, folder));
    },
  });

  return { open, trash, menu, dropTarget };
}
