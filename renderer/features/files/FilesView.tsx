import { ChevronRight, Folder, FolderOpen } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, type DragEvent, type KeyboardEvent, type MouseEvent } from "react";
import type { FileEntry } from "../../../shared/ipc/workspace";
import { fileIcon } from "../../ui/fileIcon";
import { useValue, useWorkbench } from "../../state/context";
import type { FilesState } from "../../state/files";
import { baseName, isScript, parentOf } from "../../state/paths";
import { fileTab } from "../../state/reveal";
import { Button, ContextMenu, cx, EmptyState, type MenuEntry } from "../../ui";
import { confirmTrash } from "./confirmTrash";
import { NameField } from "./NameField";
import "./files.css";

interface Row {
  readonly key: string;
  readonly depth: number;
  readonly entry: FileEntry;
  readonly isNaming: boolean;
  readonly position: number;
  readonly siblings: number;
}

const ROW = 24;
const DRAG_TYPE = "application/x-workbench-file";

/** The rows that the tree shows: children of open folders, and the row that is being named. */
function rowsOf({ children, expanded, naming }: Pick<FilesState, "children" | "expanded" | "naming">): Row[] {
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

/** The workspace as a tree: arrow keys, Enter, F2, Delete, typing a name; folders load when they open. */
export function FilesView() {
  const workbench = useWorkbench();
  const { files, notices, tabs, workspace, commands } = workbench;
  const children = useValue(files.store, (state) => state.children);
  const expanded = useValue(files.store, (state) => state.expanded);
  const naming = useValue(files.store, (state) => state.naming);
  const selected = useValue(files.store, (state) => state.selected);
  const hasWorkspace = useValue(workspace.store, (state) => state.workspace !== null);
  const rows = useMemo(() => rowsOf({ children, expanded, naming }), [children, expanded, naming]);
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const clicked = useRef<string>(undefined);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const index = rows.findIndex((row) => row.key === selected);
  const current = rows[index];

  useEffect(() => {
    const target = rows.findIndex((row) => row.isNaming || row.key === selected);
    // What the pointer is on must not move away from under it: a second click follows.
    const isUnderPointer = naming === null && selected === clicked.current;
    clicked.current = undefined;
    if (target >= 0 && !isUnderPointer) virtual.scrollToIndex(target, { align: "auto" });
    // Only a new selection moves the list, not every refresh of its folders.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected, naming]);

  if (!hasWorkspace) {
    return (
      <EmptyState
        icon={<FolderOpen size={22} aria-hidden />}
        title="No folder is open"
        actions={<Button onClick={() => commands.run("workspace.open")}>Open folder…</Button>}
      >
        A workspace is a folder with scripts, templates and data.
      </EmptyState>
    );
  }

  const open = (entry: FileEntry, preview: boolean) => {
    files.select(entry.path);
    if (entry.kind === "file") tabs.open(fileTab(entry.path), { preview });
    else if (expanded[entry.path] === true) files.collapse(entry.path);
    else notices.attempt(() => files.expand(entry.path));
  };
  const trash = (path: string) => notices.attempt(() => confirmTrash(workbench, path));
  const select = (target: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, target))];
    if (row !== undefined) files.select(row.key);
  };
  const find = (letter: string) => {
    const now = Date.now();
    const text = now - typed.current.at < 700 ? typed.current.text + letter : letter;
    typed.current = { text, at: now };
    const from = text.length === 1 ? index + 1 : index;
    const found = [...rows.slice(from), ...rows.slice(0, from)].find((row) =>
      row.entry.name.toLowerCase().startsWith(text),
    );
    if (found !== undefined) files.select(found.key);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const entry = current?.entry;
    const isOpen = entry !== undefined && expanded[entry.path] === true;
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => select(index + 1),
      ArrowUp: () => select(index - 1),
      Home: () => select(0),
      End: () => select(rows.length - 1),
      ArrowRight:
        entry?.kind !== "folder" ? undefined : isOpen ? () => select(index + 1) : () => open(entry, true),
      ArrowLeft:
        entry === undefined
          ? undefined
          : isOpen
            ? () => files.collapse(entry.path)
            : () => parentOf(entry.path) !== "" && files.select(parentOf(entry.path)),
      Enter: entry && (() => open(entry, false)),
      " ": entry && (() => open(entry, true)),
      F2: entry && (() => files.startNaming({ kind: "rename", path: entry.path })),
      Delete: entry && (() => trash(entry.path)),
    };
    // Another key ends the word that is being typed.
    if (acts[event.key] !== undefined) typed.current = { text: "", at: 0 };
    const act =
      acts[event.key] ?? (/^[\w.-]$/.test(event.key) ? () => find(event.key.toLowerCase()) : undefined);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  // The tree has the focus, not its rows: the menu key asks the tree, which hands the wish to the selected row.
  const showMenuOfRow = (event: MouseEvent) => {
    if (event.target !== event.currentTarget || event.button === 2 || current === undefined) return;
    const row = document.getElementById(`file-${current.key}`);
    if (row === null) return;
    event.preventDefault();
    const { left, bottom } = row.getBoundingClientRect();
    const place = { clientX: left + ROW, clientY: bottom, bubbles: true, cancelable: true };
    row.dispatchEvent(new window.MouseEvent("contextmenu", place));
  };

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
      ...(entry.kind === "file" ? [{ label: "Open", onSelect: () => open(entry, false) } as const] : []),
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

  return (
    <div
      ref={scroller}
      className="files"
      role="tree"
      aria-label="Files"
      tabIndex={0}
      aria-activedescendant={current === undefined ? undefined : `file-${current.key}`}
      onKeyDown={onKeyDown}
      onContextMenu={showMenuOfRow}
      onFocus={(event) => event.target === event.currentTarget && selected === null && select(0)}
      {...dropTarget(undefined)}
    >
      {rows.length === 0 && (
        <EmptyState
          icon={<FolderOpen size={22} aria-hidden />}
          title="This folder is empty"
          actions={<Button onClick={() => files.startNaming({ kind: "file", folder: "" })}>New file</Button>}
        >
          Make a script, for example hello.js.
        </EmptyState>
      )}
      <div role="presentation" className="files-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const { entry, depth } = row;
          const isFolder = entry.kind === "folder";
          const isOpen = expanded[entry.path] === true;
          const style = { transform: `translateY(${item.start}px)`, paddingLeft: 8 + depth * 12 };
          const icon = isFolder ? (
            isOpen ? (
              <FolderOpen aria-hidden />
            ) : (
              <Folder aria-hidden />
            )
          ) : (
            fileIcon(entry.name)
          );
          if (row.isNaming) {
            return (
              <div
                key={row.key}
                className="file-row"
                role="treeitem"
                aria-level={depth + 1}
                aria-label="New name"
                style={style}
              >
                <span className="file-twist" />
                {icon}
                <NameField
                  initial={row.key === "new" ? "" : baseName(entry.path)}
                  label={row.key === "new" ? `Name of the new ${entry.kind}` : `New name of ${entry.name}`}
                />
              </div>
            );
          }
          return (
            <ContextMenu
              key={row.key}
              items={menu(entry)}
              onOpenChange={(isOpening) => isOpening && files.select(entry.path)}
            >
              <div
                id={`file-${row.key}`}
                className={cx("file-row", row.key === selected && "file-selected")}
                role="treeitem"
                aria-level={depth + 1}
                aria-posinset={row.position}
                aria-setsize={row.siblings}
                aria-selected={row.key === selected}
                aria-expanded={isFolder ? isOpen : undefined}
                aria-label={entry.name}
                style={style}
                draggable
                onDragStart={(event) => event.dataTransfer.setData(DRAG_TYPE, entry.path)}
                onClick={() => {
                  clicked.current = entry.path;
                  open(entry, true);
                }}
                onDoubleClick={() => !isFolder && open(entry, false)}
                {...dropTarget(entry)}
              >
                <span className="file-twist" data-open={isOpen || undefined}>
                  {isFolder && <ChevronRight aria-hidden />}
                </span>
                {icon}
                <span className="file-name">{entry.name}</span>
              </div>
            </ContextMenu>
          );
        })}
      </div>
    </div>
  );
}
