import { ExternalLink, FilePlus2, Plus } from "lucide-react";
import type { LibraryDescriptor, ModuleDescriptor } from "../../../shared/model/module";
import { CodeBlock } from "../../monaco/CodeBlock";
import { useValue, useWorkbench } from "../../state/context";
import { templateTab } from "../../state/templateTab";
import { formatBytes } from "../../state/format";
import type { TabProps } from "../../state/places";
import { configFields } from "../../state/configSchema";
import type { TemplateEntry } from "../../state/templates";
import { Button, EmptyState } from "../../ui";
import { ModuleDocs } from "./ModuleDocs";
import { openExample } from "./openExample";
import { RiskBadge } from "./RiskBadge";

/** The reference of one module or library. */
export function ModuleTab({ tab }: TabProps) {
  const { modules } = useWorkbench();
  const { name, of } = tab.input;
  const module = useValue(modules.store, (state) =>
    of === "library" ? undefined : state.modules.find((each) => each.name === name),
  );
  const library = useValue(modules.store, (state) =>
    of === "library" ? state.libraries.find((each) => each.id === name) : undefined,
  );
  if (module !== undefined) return <ModulePage module={module} />;
  if (library !== undefined) return <LibraryPage library={library} />;
  return (
    <EmptyState title={`“${typeof name === "string" ? name : ""}” is not registered`}>
      The registry of this application does not have it.
    </EmptyState>
  );
}

function ModulePage({ module }: { module: ModuleDescriptor }) {
  const workbench = useWorkbench();
  const users = useUsers(
    (entry) => entry.template !== undefined && Object.hasOwn(entry.template.modules, module.name),
  );
  const fields = configFields(module.configSchema);
  return (
    <article className="module-page selectable" aria-label={`Module ${module.name}`}>
      <header className="module-head">
        <h1>
          <code>{module.name}</code>
        </h1>
        <RiskBadge risk={module.risk} />
        {module.aliases.length > 0 && <span className="muted">also {module.aliases.join(", ")}</span>}
        <Button
          size="small"
          icon={<FilePlus2 size={13} aria-hidden />}
          onClick={() => workbench.notices.attempt(() => openExample(workbench, module.name, module.example))}
        >
          Open example
        </Button>
      </header>
      <p className="module-summary">{module.summary}</p>
      <p>{module.allows}</p>
      <UsedBy users={users} add={<AddTo module={module.name} users={users} />} />
      <section aria-label="Configuration">
        <h2>Configuration</h2>
        {fields.length === 0 ? (
          <p className="muted">Nothing to configure.</p>
        ) : (
          <table className="module-table">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">When left out</th>
                <th scope="col">Meaning</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field.name}>
                  <th scope="row">
                    <code>{field.name}</code>
                  </th>
                  <td>
                    <code>{JSON.stringify(module.configDefaults[field.name] ?? null)}</code>
                  </td>
                  <td>{field.description}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <ModuleDocs module={module} />
    </article>
  );
}

function LibraryPage({ library }: { library: LibraryDescriptor }) {
  const workbench = useWorkbench();
  const users = useUsers((entry) => entry.template?.libraries.includes(library.id) === true);
  const { homepage } = library;
  return (
    <article className="module-page selectable" aria-label={`Library ${library.id}`}>
      <header className="module-head">
        <h1>
          <code>{library.id}</code>
        </h1>
        <span className="muted">
          {library.version} · {library.license} · {formatBytes(library.bytes)}
        </span>
        <Button
          size="small"
          icon={<FilePlus2 size={13} aria-hidden />}
          onClick={() => workbench.notices.attempt(() => openExample(workbench, library.id, library.example))}
        >
          Open example
        </Button>
        {homepage !== undefined && (
          <Button
            size="small"
            variant="quiet"
            icon={<ExternalLink size={13} aria-hidden />}
            onClick={() => workbench.notices.attempt(() => workbench.modules.openHomepage(homepage))}
          >
            Website
          </Button>
        )}
      </header>
      <p className="module-summary">{library.summary}</p>
      <p>
        Works offline. A template that lists it lets scripts load it by <code>require("{library.id}")</code>{" "}
        or <code>import</code>
        {library.global === undefined ? (
          "."
        ) : (
          <>
            , and sets the global <code>{library.global}</code>.
          </>
        )}
      </p>
      <UsedBy users={users} />
      <section aria-label="Example">
        <h2>Example</h2>
        <CodeBlock label={`Example of ${library.id}`} code={library.example} language="javascript" />
      </section>
    </article>
  );
}

function useUsers(uses: (entry: TemplateEntry) => boolean): readonly TemplateEntry[] {
  const { templates } = useWorkbench();
  return useValue(templates.store, (state) => state.templates).filter(uses);
}

function UsedBy({ users, add }: { users: readonly TemplateEntry[]; add?: React.ReactNode }) {
  const { tabs } = useWorkbench();
  return (
    <section aria-label="Used by">
      <h2>Used by</h2>
      {users.length === 0 ? (
        <p className="muted">No template of this workspace lists it.</p>
      ) : (
        <ul className="module-users" aria-label="Used by">
          {users.map((entry) => (
            <li key={entry.file}>
              <Button size="small" onClick={() => tabs.open(templateTab(entry))}>
                {entry.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {add}
    </section>
  );
}

/** Adding it to the template of the run bar, through the offer that first says what it allows. */
function AddTo({ module, users }: { module: string; users: readonly TemplateEntry[] }) {
  const { run, templates, enableModule } = useWorkbench();
  const file = useValue(run.store, (state) => state.template);
  const entry = useValue(templates.store, (state) => state.templates.find((each) => each.file === file));
  if (entry?.template === undefined || entry.readOnly || users.includes(entry)) return null;
  return (
    <Button
      size="small"
      variant="quiet"
      icon={<Plus size={13} aria-hidden />}
      onClick={() => enableModule.ask({ kind: "module", name: module }, { template: entry.file })}
    >
      Add to {entry.name}
    </Button>
  );
}
