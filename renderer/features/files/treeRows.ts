import type { FileEntry } from "../../../shared/ipc/workspace";
import type { FilesState } from "../../state/files";

/** A row of the tree: an entry, or the place where a name is typed. */
export interface Row {
  readonly key: string;
  readonly depth: number;
  readonly entry: FileEntry;
  readonly isNaming: boolean;
  readonly position: number;
  readonly siblings: number;
}

/** The rows that the tree shows: children of open folders, and the row that is being named. */
export function rowsOf({
  children,
  expanded,
  naming,
}: Pick<FilesState, "children" | "expanded" | "naming">): Row[] {
  const rows: Row[] = [];
  const add = (folder: string, depth: number) => {
    const entries = children[folder] ?? [];
    if (naming !== null && naming.kind !== "rename" && naming.folder === folder) {
      const entry: FileEntry = { path: `${folder}/`, name: "", kind: naming.kind };
      rows.push({ key: "new", depth, entry, isNaming: true, position: 1, siblings: entries.length + 1 });
    }
    entries.forEach((entry, index) => {
      const isNaming = naming?.kind === "rename" && naming.path === entry.path;
      rows.push({ key: entry.path, depth, entry, isNaming, position: index + 1, siblings: entries.length });
      if (entry.kind === "folder" && expanded[entry.path] === true) add(entry.path, depth + 1);
    });
  };
  add("", 0);
  return rows;
}
