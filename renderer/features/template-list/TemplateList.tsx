import { useVirtualizer } from "@tanstack/react-virtual";
import { AlertTriangle, FileLock2, ScrollText } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { mayHoldTemplates, textOfDrop } from "../../state/receivedTemplates";
import { useValue, useWorkbench } from "../../state/context";
import { plural } from "../../state/format";
import type { TemplateEntry } from "../../state/templates";
import { Badge, Button, ContextMenu, cx, EmptyState, SearchField, type MenuEntry } from "../../ui";
import { askAndDuplicate, askAndRename, confirmDeleteTemplate } from "./dialogs";
import { templateTab } from "../../state/templateTab";
import "./templates.css";

const ROW = 48;
const STATE_WORDS = { ok: "", broken: "Broken", newer: "Newer version", duplicate: "Duplicate" } as const;

/** Template files of the workspace; broken ones are listed with their reason. */
export function TemplateList() {
  const { templates, commands, notices } = useWorkbench();
  const [isTarget, setTarget] = useState(false);
  const entries = useValue(templates.store, (state) => state.templates);
  const isLoaded = useValue(templates.store, (state) => state.loaded);
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = wanted === "" ? entries : entries.filter((entry) => fits(entry, wanted));
  // A workspace may have a thousand: only the rows in view exist.
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => shown[index]?.file ?? index,
    overscan: 12,
  });
  // What is dropped here is imported: the dialog shows it before anything is written.
  const target = {
    "data-drop-target": isTarget || undefined,
    onDragOver: (event: DragEvent) => {
      if (!mayHoldTemplates(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setTarget(true);
    },
    onDragLeave: (event: DragEvent) => {
      const to = event.relatedTarget;
      if (!(to instanceof Node && event.currentTarget.contains(to))) setTarget(false);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setTarget(false);
      const reading = textOfDrop(event.dataTransfer, templates);
      notices.attempt(async () => commands.run("template.import", await reading));
    },
  };
  if (isLoaded && entries.length === 0) {
    return (
      <div className="list-view" {...target}>
        <EmptyState
          icon={<ScrollText size={22} aria-hidden />}
          title="No templates yet"
          actions={<Button onClick={() => commands.run("template.new")}>New template</Button>}
        >
          A template says what a session may do: its modules, libraries and limits. Drop a template file here
          to import it.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="list-view" {...target}>
      {entries.length > 8 && (
        <div className="list-search">
          <SearchField label="Search templates" value={query} onChange={setQuery} />
        </div>
      )}
      {shown.length === 0 && isLoaded && <p className="list-none">No template fits “{query.trim()}”.</p>}
      <div ref={scroller} className="list">
        <ul aria-label="Templates" className="template-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const entry = shown[item.index];
            return (
              entry !== undefined && (
                <li
                  key={entry.file}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  aria-setsize={shown.length}
                  aria-posinset={item.index + 1}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <TemplateRow entry={entry} />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** By its name, its file, and the modules that it lists. */
function fits({ name, file, template }: TemplateEntry, wanted: string): boolean {
  return [name, file, ...Object.keys(template?.modules ?? {})].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function TemplateRow({ entry }: { entry: TemplateEntry }) {
  const workbench = useWorkbench();
  const { tabs, run, notices, client, layout } = workbench;
  const isChosen = useValue(run.store, (state) => state.template === entry.file);
  const isOpen = useValue(tabs.store, () => tabs.active()?.id === templateTab(entry).id);
  const modules = Object.keys(entry.template?.modules ?? {});
  const problem = entry.problems[0]?.error.message;
  const open = (how: "preview" | "keep") => tabs.open(templateTab(entry), { preview: how === "preview" });
  const isUsable = entry.template !== undefined;
  const items: MenuEntry[] = [
    { label: "Open", onSelect: () => open("keep") },
    {
      label: "Use for runs",
      disabled: !isUsable,
      checked: isChosen,
      onSelect: () => run.chooseTemplate(entry.file),
    },
    {
      label: "Start a session",
      disabled: !isUsable,
      onSelect: () =>
        notices.attempt(async () => {
          run.chooseTemplate(entry.file);
          run.chooseSession(null);
          layout.showView("sessions");
          await run.startSession();
        }),
    },
    "separator",
    {
      label: "Duplicate…",
      disabled: !isUsable,
      onSelect: () => notices.attempt(() => askAndDuplicate(workbench, entry)),
    },
    {
      label: "Rename…",
      disabled: !isUsable || entry.readOnly,
      onSelect: () => notices.attempt(() => askAndRename(workbench, entry)),
    },
    {
      label: "Show in the file manager",
      onSelect: () =>
        notices.attempt(
          async () => void (await client.request("files.reveal", { path: `templates/${entry.file}` })),
        ),
    },
    "separator",
    {
      label: "Move to trash",
      danger: true,
      disabled: entry.readOnly,
      onSelect: () => notices.attempt(() => confirmDeleteTemplate(workbench, entry)),
    },
  ];
  return (
    <ContextMenu items={items}>
      <button
        type="button"
        className={cx("list-row", isOpen && "list-row-active")}
        aria-label={entry.name}
        aria-description={
          [problem, isChosen ? "used for runs" : undefined].filter(Boolean).join(", ") || undefined
        }
        onClick={() => open("preview")}
        onDoubleClick={() => open("keep")}
      >
        <span className="list-icon">
          {entry.state === "ok" ? (
            <ScrollText aria-hidden />
          ) : entry.state === "newer" ? (
            <FileLock2 aria-hidden />
          ) : (
            <AlertTriangle aria-hidden className="status-danger" />
          )}
        </span>
        <span className="list-text">
          <span className="list-title">
            {entry.name}
            {isChosen && <Badge tone="accent">in use</Badge>}
            {entry.state !== "ok" && (
              <Badge tone={entry.state === "newer" ? "warning" : "danger"}>{STATE_WORDS[entry.state]}</Badge>
            )}
          </span>
          <span className="list-note">
            {problem ??
              (modules.length === 0
                ? "No modules"
                : `${plural(modules.length, "module")}: ${modules.join(", ")}`)}
          </span>
        </span>
      </button>
    </ContextMenu>
  );
}
