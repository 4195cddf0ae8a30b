import { Columns2, X } from "lucide-react";
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from "react";
import { useValue, useWorkbench } from "../state/context";
import type { Tab, TabGroup } from "../state/tabs";
import { ContextMenu, cx, IconButton, nextIndex, type MenuEntry } from "../ui";
import { closeTab } from "./commands";

const DRAG_TYPE = "application/x-workbench-tab";

/** The tabs of one group: arrow keys move, Delete closes, dragging reorders. */
export function EditorTabs({ group, panelId }: { group: TabGroup; panelId: string }) {
  const { tabs, commands } = useWorkbench();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const index = group.tabs.findIndex((tab) => tab.id === group.active);
    const target = nextIndex(event.key, index, group.tabs.length);
    const tab = target === undefined ? undefined : group.tabs[target];
    if (tab === undefined || target === undefined) return;
    event.preventDefault();
    tabs.activate(tab.id, group.id);
    const element = list.current?.querySelectorAll('[role="tab"]')[target];
    if (element instanceof HTMLElement) element.focus();
  };
  const onDrop = (event: DragEvent, index: number) => {
    const dragged = readDrag(event);
    if (dragged === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    tabs.move(dragged.tabId, dragged.groupId, group.id, index);
  };
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    // The whole tab, its close button included; also when the window becomes narrower.
    const observer = new ResizeObserver(() =>
      element
        .querySelector('[aria-selected="true"]')
        ?.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [group.active]);
  return (
    <div
      className="tabs"
      onDragOver={(event) => event.dataTransfer.types.includes(DRAG_TYPE) && event.preventDefault()}
      onDrop={(event) => onDrop(event, group.tabs.length)}
    >
      <div ref={list} role="tablist" aria-label="Open documents" className="tabs-list" onKeyDown={onKeyDown}>
        {group.tabs.map((tab, index) => (
          <EditorTab
            key={tab.id}
            tab={tab}
            group={group}
            panelId={panelId}
            onDrop={(event) => onDrop(event, index)}
          />
        ))}
      </div>
      <div className="tabs-actions">
        <IconButton
          label="Split the editor"
          shortcut={commands.keysOf("view.splitEditor")}
          icon={<Columns2 aria-hidden />}
          onClick={() => commands.run("view.splitEditor")}
        />
      </div>
    </div>
  );
}

interface EditorTabProps {
  tab: Tab;
  group: TabGroup;
  panelId: string;
  onDrop(event: DragEvent): void;
}

function EditorTab({ tab, group, panelId, onDrop }: EditorTabProps) {
  const workbench = useWorkbench();
  const { places, tabs, notices } = workbench;
  const kind = useValue(places.tabKinds.store, (state) =>
    state.items.find((candidate) => candidate.id === tab.kind),
  );
  const useMark = kind?.useMark ?? useClean;
  const mark = useMark(tab);
  const [isTarget, setTarget] = useState(false);
  const title = kind?.title(tab) ?? tab.id;
  const isActive = group.active === tab.id;
  const close = () => notices.attempt(() => closeTab(workbench, tab.id, group.id));
  const closeMany = (wanted: (candidate: Tab, index: number) => boolean) => () =>
    notices.attempt(async () => {
      for (const candidate of group.tabs.filter(wanted)) await closeTab(workbench, candidate.id, group.id);
    });
  const own = group.tabs.indexOf(tab);
  const items: MenuEntry[] = [
    { label: "Close", shortcut: workbench.commands.keysOf("file.close"), onSelect: close },
    {
      label: "Close others",
      disabled: group.tabs.length < 2,
      onSelect: closeMany((candidate) => candidate.id !== tab.id),
    },
    {
      label: "Close to the right",
      disabled: own === group.tabs.length - 1,
      onSelect: closeMany((_, index) => index > own),
    },
    { label: "Close all", onSelect: closeMany(() => true) },
    "separator",
    { label: "Keep open", disabled: !tab.preview, onSelect: () => tabs.pin(tab.id) },
    { label: "Split the editor", onSelect: () => (tabs.activate(tab.id, group.id), tabs.split()) },
  ];
  return (
    <ContextMenu items={items}>
      <div
        role="presentation"
        className={cx(
          "tab",
          isActive && "tab-active",
          tab.preview && "tab-preview",
          isTarget && "tab-target",
        )}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAG_TYPE, JSON.stringify({ tabId: tab.id, groupId: group.id }));
          event.dataTransfer.effectAllowed = "move";
        }}
        onDragOver={(event) => event.dataTransfer.types.includes(DRAG_TYPE) && setTarget(true)}
        onDragLeave={() => setTarget(false)}
        onDrop={(event) => {
          setTarget(false);
          onDrop(event);
        }}
        onAuxClick={(event) => event.button === 1 && close()}
      >
        <button
          type="button"
          role="tab"
          aria-selected={isActive}
          aria-controls={isActive ? panelId : undefined}
          aria-label={title}
          aria-description={
            mark === "dirty" ? "unsaved changes" : mark === "missing" ? "removed from disk" : undefined
          }
          tabIndex={isActive ? 0 : -1}
          title={kind?.describe?.(tab)}
          className={cx("tab-label", mark === "missing" && "tab-missing")}
          onClick={() => tabs.activate(tab.id, group.id)}
          onDoubleClick={() => tabs.pin(tab.id)}
          onKeyDown={(event) => event.key === "Delete" && close()}
        >
          {kind?.icon(tab)}
          <span>{title}</span>
        </button>
        {/* A tab list may hold tabs only, so this is for the mouse; Delete, the menu and the shortcut close tabs too. */}
        <span
          className="tab-close"
          aria-hidden
          title="Close"
          data-dirty={mark !== "clean" || undefined}
          onClick={close}
        >
          <X size={13} />
        </span>
      </div>
    </ContextMenu>
  );
}

const useClean = (): "clean" => "clean";

function readDrag(event: DragEvent): { tabId: string; groupId: string } | undefined {
  const text = event.dataTransfer.getData(DRAG_TYPE);
  if (text === "") return undefined;
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || !("tabId" in parsed) || !("groupId" in parsed))
    return undefined;
  const { tabId, groupId } = parsed;
  return typeof tabId === "string" && typeof groupId === "string" ? { tabId, groupId } : undefined;
}
