import { useValue, useWorkbench } from "../../state/context";
import { Button, Dialog } from "../../ui";
import { RiskBadge } from "../modules";

/** Shows what a module or a library is before it is added to a template. */
export function EnableModuleDialog() {
  const { enableModule, templates, modules, notices } = useWorkbench();
  const request = useValue(enableModule.store, (state) => state.request);
  const entry = useValue(templates.store, (state) =>
    state.templates.find((candidate) => candidate.file === request?.template),
  );
  const module = useValue(modules.store, (state) =>
    request?.kind === "module"
      ? state.modules.find((candidate) => candidate.name === request.name)
      : undefined,
  );
  const library = useValue(modules.store, (state) =>
    request?.kind === "library"
      ? state.libraries.find((candidate) => candidate.id === request.name)
      : undefined,
  );
  if (request === null) return null;
  const templateName = entry?.name ?? request.template ?? "a new template";
  const hasConfiguration = Object.keys(module?.configDefaults ?? {}).length > 0;
  const accept = request.rerun ? "Enable and run again" : "Enable";
  return (
    <Dialog
      title={`Enable ${request.name} in ${templateName}?`}
      open
      onClose={enableModule.dismiss}
      size="medium"
      description={module?.summary ?? library?.summary}
      actions={
        <>
          <Button onClick={enableModule.dismiss}>Cancel</Button>
          <Button variant="primary" autoFocus onClick={() => notices.attempt(enableModule.accept)}>
            {accept}
          </Button>
        </>
      }
    >
      {(module !== undefined || library !== undefined) && (
        <dl className="enable-facts">
          <dt>It allows</dt>
          <dd>
            {module?.allows ?? "Nothing but computing: it is JavaScript that comes with the application."}{" "}
            <RiskBadge risk={module?.risk ?? "pure"} />
          </dd>
          {module !== undefined && hasConfiguration && (
            <>
              <dt>It starts with</dt>
              <dd>
                <pre className="enable-config selectable">
                  {JSON.stringify(module.configDefaults, null, 2)}
                </pre>
                <p className="muted">
                  Nothing beyond this is allowed. You can change it in the template’s Modules section.
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
