import { FolderOpen, FolderX } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { parentOf } from "../../state/paths";
import { Button, EmptyState } from "../../ui";
import { fileActs } from "./fileActs";
import { FileRow } from "./FileRow";
import { rowsOf } from "./treeRows";
import "./files.css";

const ROW = 24;

/** The workspace as a tree: arrow keys, Enter, F2, Delete, typing a name; folders load when they open. */
export function FilesView() {
  const workbench = useWorkbench();
  const { files, notices, workspace, commands } = workbench;
  const acts = useMemo(() => fileActs(workbench), [workbench]);
  const root = useValue(files.store, (state) => state.root);
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

  const { open, trash, dropTarget } = acts;
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
    const byKey: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => select(index + 1),
      ArrowUp: () => select(index - 1),
      Home: () => select(0),
      End: () => select(rows.length - 1),
      ArrowRight:
        entry?.kind !== "folder"
          ? undefined
          : isOpen
            ? () => select(index + 1)
            : () => open(entry, "preview"),
      ArrowLeft:
        entry === undefined
          ? undefined
          : isOpen
            ? () => files.collapse(entry.path)
            : () => parentOf(entry.path) !== "" && files.select(parentOf(entry.path)),
      Enter: entry && (() => open(entry, "keep")),
      " ": entry && (() => open(entry, "preview")),
      F2: entry && (() => files.startNaming({ kind: "rename", path: entry.path })),
      Delete: entry && (() => trash(entry.path)),
    };
    // Another key ends the word that is being typed.
    if (byKey[event.key] !== undefined) typed.current = { text: "", at: 0 };
    const act =
      byKey[event.key] ?? (/^[\w.-]$/.test(event.key) ? () => find(event.key.toLowerCase()) : undefined);
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
      {rows.length === 0 && root === "gone" && (
        <EmptyState
          icon={<FolderX size={22} aria-hidden />}
          title="The folder is gone"
          actions={
            <>
              <Button onClick={() => commands.run("workspace.open")}>Open folder…</Button>
              <Button onClick={() => notices.attempt(() => files.load())}>Look again</Button>
            </>
          }
        >
          It was moved or deleted. What you have open is kept; put the folder back, or open another one.
        </EmptyState>
      )}
      {rows.length === 0 && root === "there" && (
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
          return (
            <FileRow
              key={row.key}
              row={row}
              top={item.start}
              isOpen={expanded[row.entry.path] === true}
              isSelected={row.key === selected}
              acts={acts}
              onClick={() => {
                clicked.current = row.entry.path;
              }}
            />
          );
        })}
      </div>
    </div>
  );
}
