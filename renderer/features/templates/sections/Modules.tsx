import { ChevronRight, Plus, Settings2, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ModuleDescriptor } from "../../../../shared/model/module";
import { useValue, useWorkbench } from "../../../state/context";
import { isRecord } from "../../../../shared/model/json-change";
import { plural } from "../../../state/format";
import { Button, Callout, IconButton } from "../../../ui";
import { moduleTab, RiskBadge } from "../../modules";
import { ConfigForm } from "../config/ConfigForm";
import { openModulePicker } from "../picker/openModulePicker";
import { Remarks, SectionFrame } from "../SectionFrame";
import { useWorkbenchPaths } from "../../../state/usePaths";
import { useModuleEffects } from "../useModuleEffects";
import type { TemplateForm } from "../useTemplate";

/** The native modules that sessions may load, each with what it permits in words. */
export function Modules({ form }: { form: TemplateForm }) {
  const workbench = useWorkbench();
  const listed = form.get(["modules"]);
  const entries = isRecord(listed) ? Object.entries(listed) : [];
  const suggestions = useValue(workbench.templateEditing.store, (state) => state.suggestions[form.file]);
  const open = (module?: string) => openModulePicker(workbench, form.file, module);
  const missing = suggestions?.missing ?? [];
  const unused = new Set(suggestions?.unused ?? []);
  const shapeProblem = form.has(["modules"]) && !isRecord(listed) ? form.problemAt(["modules"]) : undefined;
  return (
    <SectionFrame
      id="modules"
      title="Modules"
      about="Native modules that scripts may load. What is not listed cannot be loaded, and each permits only what its configuration grants."
      actions={
        <Button
          size="small"
          variant="primary"
          icon={<Plus size={13} aria-hidden />}
          disabled={!form.isEditable}
          onClick={() => open()}
        >
          Add module
        </Button>
      }
    >
      {shapeProblem !== undefined && <p className="ui-note ui-note-problem">{shapeProblem}</p>}
      {entries.length === 0 && (
        <p className="tpl-none">
          No modules: scripts compute only. JavaScript’s built-ins (JSON, Math, Date …) are always available.
        </p>
      )}
      <ul className="tpl-modules" aria-label="Modules of this template">
        {entries.map(([name, config]) => (
          <ModuleRow key={name} name={name} config={config} form={form} isUnused={unused.has(name)} />
        ))}
      </ul>
      {missing.length > 0 && (
        <Callout
          tone="info"
          actions={
            form.isEditable &&
            missing.map(({ module }) => (
              <Button
                key={module}
                size="small"
                icon={<Plus size={12} aria-hidden />}
                onClick={() => open(module)}
              >
                {module}…
              </Button>
            ))
          }
        >
          Scripts of this workspace require {missing.length === 1 ? "a module" : "modules"} that this template
          does not list:{" "}
          {missing
            .map(
              ({ module, scripts }) =>
                `${module} (${scripts.slice(0, 2).join(", ")}${scripts.length > 2 ? ` and ${plural(scripts.length - 2, "other")}` : ""})`,
            )
            .join("; ")}
          .
        </Callout>
      )}
    </SectionFrame>
  );
}

function ModuleRow({
  name,
  config,
  form,
  isUnused,
}: {
  name: string;
  config: unknown;
  form: TemplateForm;
  isUnused: boolean;
}) {
  const workbench = useWorkbench();
  const { modules, tabs } = workbench;
  const module = useValue(modules.store, (state) =>
    state.modules.find((each) => each.name === name.trim() || each.aliases.includes(name.trim())),
  );
  const [isOpen, setOpen] = useState(false);
  const problem = form.problemAt(["modules", name]);
  const remove = () => form.set(["modules", name], undefined);
  return (
    <li className="tpl-module" data-invalid={problem !== undefined || undefined}>
      <div className="tpl-module-head">
        {module === undefined ? (
          <span className="mono tpl-module-name">{name}</span>
        ) : (
          <button
            type="button"
            className="mono tpl-module-name tpl-link"
            title={`Reference of ${module.name}`}
            onClick={() => tabs.open(moduleTab(module.name))}
          >
            {name}
          </button>
        )}
        {module !== undefined && <RiskBadge risk={module.risk} />}
        {module !== undefined && module.name !== name && <span className="muted">means {module.name}</span>}
        <span className="tpl-module-acts">
          {module !== undefined && Object.keys(module.configDefaults).length > 0 && (
            <Button
              size="small"
              variant="quiet"
              aria-expanded={isOpen}
              icon={
                isOpen ? (
                  <ChevronRight size={13} className="tpl-turned" aria-hidden />
                ) : (
                  <Settings2 size={13} aria-hidden />
                )
              }
              onClick={() => setOpen(!isOpen)}
            >
              Configure {module.name}
            </Button>
          )}
          <IconButton
            label={`Remove ${name}`}
            icon={<Trash2 aria-hidden />}
            disabled={!form.isEditable}
            onClick={remove}
          />
        </span>
      </div>
      {module !== undefined && <Effects module={module} config={isRecord(config) ? config : {}} />}
      {problem !== undefined && !isOpen && (
        <p className="ui-note ui-note-problem" role="alert">
          {problem}
        </p>
      )}
      <Remarks remarks={form.remarksAt(["modules", name])} />
      {isUnused && <p className="tpl-remark tpl-remark-info">No script of this workspace requires it.</p>}
      {isOpen && module !== undefined && (
        <div className="tpl-module-config">
          <ConfigEditor module={module} name={name} config={isRecord(config) ? config : {}} form={form} />
        </div>
      )}
    </li>
  );
}

function ConfigEditor({
  module,
  name,
  config,
  form,
}: {
  module: ModuleDescriptor;
  name: string;
  config: Record<string, unknown>;
  form: TemplateForm;
}) {
  const { files, folders } = useWorkbenchPaths();
  return (
    <ConfigForm
      schema={module.configSchema}
      value={config}
      onChange={(path, value) =>
        form.set(["modules", name, ...path], value, `modules.${name}.${path.join(".")}`)
      }
      problems={form.problems
        .filter((problem) => problem.path[0] === "modules" && problem.path[1] === name)
        .map((problem) => ({ ...problem, path: problem.path.slice(2) }))}
      paths={[...folders, ...files]}
      disabled={!form.isEditable}
    />
  );
}

/** What the configuration permits, in words. */
function Effects({
  module,
  config,
}: {
  module: ModuleDescriptor;
  config: Readonly<Record<string, unknown>>;
}) {
  const { effects } = useModuleEffects(module.name, config, []);
  if (module.risk === "pure") return <p className="muted tpl-module-summary">{module.summary}</p>;
  return (
    <ul className="tpl-effects" aria-label={`What ${module.name} permits`}>
      {effects.map((effect) => (
        <li key={effect}>may {effect}</li>
      ))}
    </ul>
  );
}
