import { Check, Info, Package, Puzzle } from "lucide-react";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { ModuleDescriptor } from "../../../../shared/model/module";
import { useValue, useWorkbench } from "../../../state/context";
import { changeJson, isRecord } from "../../../../shared/model/json-change";
import { readJson, valueAt } from "../../../state/jsonText";
import { Badge, Button, cx, Dialog, EmptyState, nextIndex, SearchField } from "../../../ui";
import { ModuleDocs, RiskBadge } from "../../modules";
import { ConfigForm, withValue } from "../config/ConfigForm";
import { Remarks } from "../SectionFrame";
import { TextDiff } from "../TextDiff";
import { useModuleEffects } from "../useModuleEffects";
import { useWorkbenchPaths } from "../../../state/usePaths";
import { changeFor, keyOf, type PickedModule } from "./listing";
import "./picker.css";

interface ModulePickerProps {
  /** Text of the template as it is edited. */
  source: string;
  /** Module shown first. */
  start: string | undefined;
  close(picked?: PickedModule): void;
}

/** Chooses one of the registrable modules, configures it, and shows what it will permit and change. */
export function ModulePicker({ source, start, close }: ModulePickerProps) {
  const { modules } = useWorkbench();
  const all = useValue(modules.store, (state) => state.modules);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(() => modules.find(start ?? "")?.name);
  const [configs, setConfigs] = useState<Readonly<Record<string, Readonly<Record<string, unknown>>>>>({});
  const list = useRef<HTMLUListElement>(null);
  const shown = useMemo(() => search(all, query), [all, query]);
  const module = all.find((each) => each.name === chosen && shown.includes(each)) ?? shown[0];
  const config =
    module === undefined ? {} : (configs[module.name] ?? configIn(source, module) ?? module.configDefaults);
  const listed = useMemo(() => namesIn(source), [source]);
  const isListed = module !== undefined && keyOf(source, module) !== undefined;
  const described = useModuleEffects(module?.name ?? "", config, listed);
  const isValid = described.problems.length === 0;

  const onKeyDown = (event: KeyboardEvent) => {
    const index = module === undefined ? -1 : shown.indexOf(module);
    const target =
      event.key === "ArrowDown" || event.key === "ArrowUp" || event.target instanceof HTMLButtonElement
        ? nextIndex(event.key, index, shown.length)
        : undefined;
    const next = target === undefined ? undefined : shown[target];
    if (next === undefined || target === undefined) return;
    event.preventDefault();
    setChosen(next.name);
    const row = list.current?.children[target];
    row?.scrollIntoView({ block: "nearest" });
    if (event.target instanceof HTMLButtonElement) row?.querySelector("button")?.focus();
  };

  return (
    <Dialog
      title="Add module"
      open
      onClose={() => close()}
      size="full"
      description={
        <span className="picker-note">
          <Info size={14} aria-hidden /> JavaScript’s built-ins (JSON, Math, Date, Promise …) and the console
          are always available and need no entry. Listed here is everything else that this application can
          register.
        </span>
      }
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button
            variant="primary"
            disabled={module === undefined || !isValid}
            onClick={() => module !== undefined && close({ module, config })}
          >
            {module === undefined ? "Add" : isListed ? `Update ${module.name}` : `Add ${module.name}`}
          </Button>
        </>
      }
    >
      <div className="picker">
        <div className="picker-side" onKeyDown={onKeyDown}>
          <SearchField label="Search modules" value={query} onChange={setQuery} autoFocus />
          <ul ref={list} className="picker-list" aria-label="Registrable modules">
            {shown.map((each) => (
              <li key={each.name}>
                <button
                  type="button"
                  className={cx("picker-row", each === module && "picker-row-active")}
                  aria-label={each.name}
                  aria-current={each === module || undefined}
                  tabIndex={each === module ? 0 : -1}
                  onClick={() => setChosen(each.name)}
                >
                  {each.kind === "workspace" ? (
                    <Puzzle size={14} aria-hidden />
                  ) : (
                    <Package size={14} aria-hidden />
                  )}
                  <span className="picker-row-text">
                    <span className="picker-row-title">
                      <span className="mono">{each.name}</span>
                      <RiskBadge risk={each.risk} />
                      {keyOf(source, each) !== undefined && (
                        <Check size={13} className="picker-listed" aria-label="in this template" />
                      )}
                    </span>
                    <span className="picker-row-note">{each.summary}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {shown.length === 0 && (
            <EmptyState title={`No module fits “${query}”`}>
              Only modules of the registry can be listed in a template.
            </EmptyState>
          )}
        </div>
        {module !== undefined && (
          <ModuleDetails
            key={module.name}
            module={module}
            config={config}
            source={source}
            isListed={isListed}
            described={described}
            onChange={(path, value) =>
              setConfigs((known) => ({ ...known, [module.name]: withValue(config, path, value) }))
            }
          />
        )}
      </div>
    </Dialog>
  );
}

interface ModuleDetailsProps {
  module: ModuleDescriptor;
  config: Readonly<Record<string, unknown>>;
  source: string;
  isListed: boolean;
  described: ReturnType<typeof useModuleEffects>;
  onChange(path: readonly (string | number)[], value: unknown): void;
}

function ModuleDetails({ module, config, source, isListed, described, onChange }: ModuleDetailsProps) {
  const { files, folders } = useWorkbenchPaths();
  const after = useMemo(
    () => changeJson(source, [changeFor(source, { module, config })]),
    [source, module, config],
  );
  return (
    <section className="picker-details" aria-label={`Module ${module.name}`}>
      <header className="picker-head">
        <h3 className="mono">{module.name}</h3>
        <RiskBadge risk={module.risk} />
        {module.aliases.length > 0 && <span className="muted">also {module.aliases.join(", ")}</span>}
        {isListed && <Badge tone="accent">in this template</Badge>}
      </header>
      <p className="picker-summary">{module.summary}</p>
      <p className="picker-allows">{module.allows}</p>
      <div className="picker-columns">
        <section aria-label="Configuration">
          <h4>Configuration</h4>
          <ConfigForm
            schema={module.configSchema}
            value={config}
            onChange={onChange}
            problems={described.problems.map(({ path, message }) => ({
              path,
              error: { code: "VALIDATION_ERROR", message },
            }))}
            paths={[...folders, ...files]}
          />
        </section>
        <section aria-label="Effect">
          <h4>Scripts of the template</h4>
          <EffectPreview module={module} described={described} />
          <h4>Change of the template</h4>
          <TextDiff before={source} after={after} label="Change of the template" />
        </section>
      </div>
      <ModuleDocs module={module} />
    </section>
  );
}

function EffectPreview({ module, described }: Pick<ModuleDetailsProps, "module" | "described">) {
  const [problem] = described.problems;
  if (problem !== undefined) return <p className="ui-note ui-note-problem">Not yet: {problem.message}</p>;
  return (
    <>
      <ul className="tpl-effects" aria-live="polite" aria-label="Effect preview">
        {described.effects.length === 0 && <li>may load {module.name}</li>}
        {described.effects.map((effect) => (
          <li key={effect}>may {effect}</li>
        ))}
      </ul>
      <Remarks remarks={described.remarks} label="Worth a second look" />
    </>
  );
}

/** Names under which the text lists modules. */
function namesIn(source: string): readonly string[] {
  const modules = valueAt(readJson(source).value, ["modules"]);
  return isRecord(modules) ? Object.keys(modules) : [];
}

/** The configuration that the text has for the module already. */
function configIn(source: string, module: ModuleDescriptor): Readonly<Record<string, unknown>> | undefined {
  const key = keyOf(source, module);
  if (key === undefined) return undefined;
  const config = valueAt(readJson(source).value, ["modules", key]);
  return isRecord(config) ? config : undefined;
}

/** Names first, then what the words say. */
function search(all: readonly ModuleDescriptor[], query: string): readonly ModuleDescriptor[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return all;
  const rank = (module: ModuleDescriptor): number => {
    const names = [module.name, ...module.aliases].map((name) => name.toLowerCase());
    if (names.includes(wanted)) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    if (names.some((name) => name.includes(wanted))) return 2;
    if (module.members.some((member) => member.name.toLowerCase().includes(wanted))) return 3;
    return `${module.summary} ${module.allows}`.toLowerCase().includes(wanted) ? 4 : Number.POSITIVE_INFINITY;
  };
  return all
    .map((module) => ({ module, rank: rank(module) }))
    .filter((each) => Number.isFinite(each.rank))
    .sort((a, b) => a.rank - b.rank)
    .map(({ module }) => module);
}
