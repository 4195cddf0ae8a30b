import { useValue, useWorkbench } from "../../state/context";
import { Badge, Button, Dialog, type Tone } from "../../ui";
import type { Risk } from "../../../shared/model/module";

const RISKS: Readonly<Record<Risk, { words: string; tone: Tone }>> = {
  pure: { words: "computes only", tone: "success" },
  workspace: { words: "touches files", tone: "warning" },
  host: { words: "reaches the machine", tone: "danger" },
};

/** Shows what a module allows before it is added to a template. */
export function EnableModuleDialog() {
  const { enableModule, templates, modules, notices } = useWorkbench();
  const request = useValue(enableModule.store, (state) => state.request);
  const entry = useValue(templates.store, (state) =>
    state.templates.find((candidate) => candidate.file === request?.template),
  );
  const module = useValue(modules.store, (state) =>
    state.modules.find((candidate) => candidate.name === request?.module),
  );
  if (request === null) return null;
  const templateName = entry?.name ?? request.template;
  const hasConfiguration = Object.keys(module?.configDefaults ?? {}).length > 0;
  const accept = request.rerun ? "Enable and run again" : "Enable";
  return (
    <Dialog
      title={`Enable ${request.module} in ${templateName}?`}
      open
      onClose={enableModule.dismiss}
      size="medium"
      description={module?.summary}
      actions={
        <>
          <Button onClick={enableModule.dismiss}>Cancel</Button>
          <Button variant="primary" autoFocus onClick={() => notices.attempt(enableModule.accept)}>
            {accept}
          </Button>
        </>
      }
    >
      {module !== undefined && (
        <dl className="enable-facts">
          <dt>It allows</dt>
          <dd>
            {module.allows} <Badge tone={RISKS[module.risk].tone}>{RISKS[module.risk].words}</Badge>
          </dd>
          {hasConfiguration && (
            <>
              <dt>It starts with</dt>
              <dd>
                <pre className="enable-config selectable">
                  {JSON.stringify(module.configDefaults, null, 2)}
                </pre>
                <p className="muted">
                  These values deny by default. Change them in the template’s Modules section.
                </p>
              </dd>
            </>
          )}
          <dt>Afterwards</dt>
          <dd>The running session keeps its snapshot, so a new session starts with the changed template.</dd>
        </dl>
      )}
    </Dialog>
  );
}
