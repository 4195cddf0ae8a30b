import { useId, useState } from "react";
import type { MemberDoc, ModuleDescriptor } from "../../../shared/model/module";
import { CodeBlock } from "../../monaco/CodeBlock";
import { Markdown } from "../../ui/Markdown";
import { SearchField, TabStrip, type TabItem } from "../../ui";
import "./modules.css";

type Part = "members" | "example" | "typings" | "goja";

/** Everything written about a module: members, example, typings, notes for people who know the Go system. */
export function ModuleDocs({ module, start = "members" }: { module: ModuleDescriptor; start?: Part }) {
  const [chosen, setChosen] = useState<Part>(start);
  const panelId = useId();
  const tabs: TabItem[] = [
    { id: "members", label: "Members", badge: <span className="module-count">{module.members.length}</span> },
    { id: "example", label: "Example" },
    { id: "typings", label: "Typings" },
    ...(module.comingFromGoja === undefined ? [] : [{ id: "goja", label: "Coming from go-go-goja" }]),
  ];
  const part = tabs.some((tab) => tab.id === chosen) ? chosen : "members";
  return (
    <section className="module-docs" aria-label={`Documentation of ${module.name}`}>
      <div className="module-docs-tabs">
        <TabStrip
          label="Documentation"
          tabs={tabs}
          active={part}
          panelId={panelId}
          onChange={(id) => setChosen(isPart(id) ? id : "members")}
        />
      </div>
      <div
        role="tabpanel"
        id={panelId}
        aria-labelledby={`${panelId}-tab-${part}`}
        className="module-docs-body"
      >
        {part === "members" && <Members module={module} />}
        {part === "example" && (
          <CodeBlock label={`Example of ${module.name}`} code={module.example} language="javascript" />
        )}
        {part === "typings" && (
          <CodeBlock label={`Typings of ${module.name}`} code={module.typings} language="typescript" />
        )}
        {part === "goja" && <Markdown text={module.comingFromGoja ?? ""} />}
      </div>
    </section>
  );
}

const isPart = (id: string): id is Part => ["members", "example", "typings", "goja"].includes(id);

const SEARCH_FROM = 8;

function Members({ module }: { module: ModuleDescriptor }) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = module.members.filter(
    (member) => wanted === "" || `${member.name} ${member.summary}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      {module.members.length > SEARCH_FROM && (
        <SearchField
          label="Search members"
          value={query}
          onChange={setQuery}
          className="module-members-search"
        />
      )}
      <ul className="module-members" aria-label={`Members of ${module.name}`}>
        {shown.map((member) => (
          <Member key={member.name} member={member} />
        ))}
      </ul>
      {shown.length === 0 && <p className="muted">No member fits “{query}”.</p>}
    </>
  );
}

function Member({ member }: { member: MemberDoc }) {
  // Colouring code costs time: only what is looked at is made.
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="module-member selectable">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <code>{member.name}</code>
          <span className="module-member-summary">
            <Prose text={member.summary} />
          </span>
        </summary>
        {isOpen && (
          <div className="module-member-more">
            <CodeBlock label={`Signature of ${member.name}`} code={member.signature} language="typescript" />
            {member.params.length > 0 && (
              <dl>
                {member.params.map((param) => (
                  <div key={param.name}>
                    <dt>
                      <code>{param.name}</code>
                    </dt>
                    <dd>
                      <Prose text={param.doc} />
                    </dd>
                  </div>
                ))}
              </dl>
            )}
            {member.returns !== "" && (
              <p>
                Gives <Prose text={lowerFirst(member.returns)} />
              </p>
            )}
            {member.errors.length > 0 && (
              <ul className="module-errors" aria-label={`Errors of ${member.name}`}>
                {member.errors.map((error) => (
                  <li key={`${error.code}:${error.when}`}>
                    <code>{error.code}</code> <Prose text={error.when} />
                  </li>
                ))}
              </ul>
            )}
            <CodeBlock label={`Example of ${member.name}`} code={member.example} language="javascript" />
          </div>
        )}
      </details>
    </li>
  );
}

/** A sentence of the docs: what stands between backticks is code. */
const Prose = ({ text }: { text: string }) => (
  <>{text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
);

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
