import { Library, Package, Puzzle } from "lucide-react";
import { useState } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { cx, EmptyState, SearchField } from "../../ui";
import { moduleTab } from "./moduleTab";
import { RiskBadge } from "./RiskBadge";
import "./modules.css";

/** Every registered module and every library, straight from the registry and the catalogue. */
export function ModulesView() {
  const { modules } = useWorkbench();
  const { modules: all, libraries } = useValue(modules.store, (state) => state);
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const fits = (...texts: readonly string[]) =>
    wanted === "" || texts.some((text) => text.toLowerCase().includes(wanted));
  const shown = all.filter((module) =>
    fits(module.name, ...module.aliases, module.summary, ...module.members.map((member) => member.name)),
  );
  const shownLibraries = libraries.filter((library) => fits(library.id, library.summary));
  return (
    <div className="list-view">
      <div className="list-search">
        <SearchField label="Search modules" value={query} onChange={setQuery} />
      </div>
      <div className="modules-scroll">
        <h3 className="list-group">Native modules</h3>
        <ul aria-label="Modules" className="modules-list">
          {shown.map((module) => (
            <Row
              key={module.name}
              name={module.name}
              note={module.summary}
              kind="module"
              badge={<RiskBadge risk={module.risk} />}
              icon={module.kind === "workspace" ? <Puzzle aria-hidden /> : <Package aria-hidden />}
            />
          ))}
        </ul>
        {shownLibraries.length > 0 && (
          <>
            <h3 className="list-group">Libraries</h3>
            <ul aria-label="Libraries" className="modules-list">
              {shownLibraries.map((library) => (
                <Row
                  key={library.id}
                  name={library.id}
                  note={library.summary}
                  kind="library"
                  icon={<Library aria-hidden />}
                />
              ))}
            </ul>
          </>
        )}
        {shown.length + shownLibraries.length === 0 && (
          <EmptyState title={`Nothing fits “${query}”`}>
            JavaScript’s built-ins (JSON, Math, Date …) are not listed: they are always available.
          </EmptyState>
        )}
      </div>
    </div>
  );
}

function Row({
  name,
  note,
  kind,
  badge,
  icon,
}: {
  name: string;
  note: string;
  kind: "module" | "library";
  badge?: React.ReactNode;
  icon: React.ReactNode;
}) {
  const { tabs } = useWorkbench();
  const tab = moduleTab(name, kind);
  const isOpen = useValue(tabs.store, () => tabs.active()?.id === tab.id);
  return (
    <li>
      <button
        type="button"
        className={cx("list-row", isOpen && "list-row-active")}
        aria-label={name}
        title={note}
        onClick={() => tabs.open(tab, { preview: true })}
        onDoubleClick={() => tabs.open(tab)}
      >
        <span className="list-icon">{icon}</span>
        <span className="list-text">
          <span className="list-title">
            <span className="mono">{name}</span>
            {badge}
          </span>
          <span className="list-note">{note}</span>
        </span>
      </button>
    </li>
  );
}
