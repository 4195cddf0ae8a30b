import type { ExecutionError } from "../../shared/model/event";
import type { SessionId } from "../../shared/model/ids";
import { useValue, useWorkbench } from "../state/context";
import { Badge, Button } from "../ui";
import { linkPlaces, Marked } from "./Marked";
import { SourceLink } from "./SourceLink";
import { ValueTree } from "./ValueTree";

interface ErrorBlockProps {
  error: ExecutionError;
  query: string;
  sessionId: SessionId | undefined;
  treeKey: string;
}

/** An error of running code: name, message, its place, stack frames as links, and the fix when there is one. */
export function ErrorBlock({ error, query, sessionId, treeKey }: ErrorBlockProps) {
  const frames = framesOf(error.stack);
  const cause = error.value?.properties?.find((property) => property.name === "cause")?.value;
  return (
    <div className="log-error-block">
      <p className="log-error-head">
        <Marked text={`${error.name}: ${error.message}`} query={query} />
        {error.code !== undefined && <Badge tone="danger">{error.code}</Badge>}
        {error.location !== undefined && <SourceLink place={error.location} />}
      </p>
      {error.frame !== undefined && <pre className="log-frame">{error.frame}</pre>}
      {frames !== "" && <pre className="log-stack">{linkPlaces(frames)}</pre>}
      {cause !== undefined && (
        <div className="log-cause">
          cause: <ValueTree value={cause} sessionId={sessionId} treeKey={`${treeKey}/cause`} />
        </div>
      )}
      <EnableOffer error={error} />
    </div>
  );
}

/** The frames alone: name and message stand above them already. */
const framesOf = (stack = ""): string =>
  stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");

/** `MODULE_NOT_ENABLED` is answered with one button; the dialog then shows what the module allows. */
function EnableOffer({ error }: { error: ExecutionError }) {
  const { enableModule, templates, modules, notices, run } = useWorkbench();
  const chosen = useValue(run.store, (state) => state.template);
  const entries = useValue(templates.store, (state) => state.templates);
  if (error.code !== "MODULE_NOT_ENABLED") return null;
  const { module: named, template: templateName } = error.details ?? {};
  const module = typeof named === "string" ? (modules.find(named)?.name ?? named) : undefined;
  const entry =
    entries.find((candidate) => candidate.name === templateName) ??
    entries.find((candidate) => candidate.file === chosen);
  if (module === undefined || entry === undefined) return null;
  if (entry.template !== undefined && Object.hasOwn(entry.template.modules, module)) {
    return <p className="muted">{entry.name} enables it now: a new session has it.</p>;
  }
  return (
    <Button
      size="small"
      variant="primary"
      onClick={() => notices.attempt(() => enableModule.ask(module, { template: entry.file, rerun: true }))}
    >
      Enable {module} in {entry.name}
    </Button>
  );
}
