import { useMemo } from "react";
import { errorHeading, UNCAUGHT } from "../../shared/model/error-heading";
import { framesOf } from "../../shared/model/event-text";
import type { ExecutionError } from "../../shared/model/event";
import type { SessionId } from "../../shared/model/ids";
import type { Template } from "../../shared/model/template";
import { missingOf, type Missing } from "../state/enableModule";
import { useValue, useWorkbench } from "../state/context";
import { applySpecifierFix, specifierFixOf, stateOfFix } from "../state/specifierFix";
import { Badge, Button } from "../ui";
import { LongText } from "./LongText";
import { linkPlaces } from "./Marked";
import { OpenTemplate } from "./OpenTemplate";
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
  // While searching, plain text shows where the hits are.
  const thrown =
    error.name === UNCAUGHT && error.value?.objectId !== undefined && query.trim() === ""
      ? error.value
      : undefined;
  const cause = error.value?.properties?.find((property) => property.name === "cause")?.value;
  return (
    <div className="log-error-block">
      <div className="log-error-head">
        {thrown === undefined ? (
          <LongText text={errorHeading(error)} query={query} textKey={`${treeKey}/heading`} />
        ) : (
          <>
            {UNCAUGHT} <ValueTree value={thrown} sessionId={sessionId} treeKey={`${treeKey}/value`} />
          </>
        )}
        {error.code !== undefined && <Badge tone="danger">{error.code}</Badge>}
        {error.location !== undefined && <SourceLink place={error.location} />}
      </div>
      {error.frame !== undefined && <pre className="log-frame">{error.frame}</pre>}
      {frames !== "" && <pre className="log-stack">{linkPlaces(frames)}</pre>}
      {cause !== undefined && (
        <div className="log-cause">
          cause: <ValueTree value={cause} sessionId={sessionId} treeKey={`${treeKey}/cause`} />
        </div>
      )}
      {error.hint !== undefined && <p className="log-error-hint">{error.hint}</p>}
      <EnableOffer error={error} />
      <ReplaceOffer error={error} />
      {error.code === "PERMISSION_DENIED" && <OpenTemplate sessionId={sessionId} />}
    </div>
  );
}

/** `MODULE_NOT_ENABLED` is answered with one button; the dialog then shows what the template will allow. */
function EnableOffer({ error }: { error: ExecutionError }) {
  const { enableModule, templates, modules, run } = useWorkbench();
  const chosen = useValue(run.store, (state) => state.template);
  const entries = useValue(templates.store, (state) => state.templates);
  if (error.code !== "MODULE_NOT_ENABLED") return null;
  const found = missingOf(error.details);
  if (found === undefined) return null;
  const missing = { ...found, name: modules.find(found.name)?.name ?? found.name };
  const templateName = error.details?.["template"];
  const entry =
    entries.find((candidate) => candidate.name === templateName) ??
    entries.find((candidate) => candidate.file === chosen);
  if (entry?.template !== undefined && lists(entry.template, missing)) {
    return <p className="muted">{entry.name} enables it now: a new session has it.</p>;
  }
  return (
    <Button
      size="small"
      variant="primary"
      onClick={() => enableModule.ask(missing, { template: entry?.file ?? null, rerun: true })}
    >
      Enable {missing.name} in {entry?.name ?? "a new template"}
    </Button>
  );
}

/** "Did you mean …?" is answered with the editor's quick fix, until the script does not ask for it any more. */
function ReplaceOffer({ error }: { error: ExecutionError }) {
  const { documents, reveal, notices } = useWorkbench();
  const fix = useMemo(() => specifierFixOf(error), [error]);
  const document = useValue(documents.store, (state) =>
    fix === undefined ? undefined : state.documents[fix.place.path],
  );
  const text = document?.state === "ready" || document?.state === "missing" ? document.text : undefined;
  const state = useMemo(
    () => (fix === undefined || text === undefined ? "offered" : stateOfFix(fix, text)),
    [fix, text],
  );
  if (fix === undefined) return null;
  if (state !== "offered") {
    const { path } = fix.place;
    return (
      <p className="log-error-hint">
        {state === "done" ? `Changed to “${fix.with}” in ${path}.` : `${path} has changed since.`} Run it
        again.
      </p>
    );
  }
  return (
    <Button
      size="small"
      onClick={() => notices.attempt(() => applySpecifierFix({ documents, reveal, notices }, fix))}
    >
      Change to “{fix.with}”
    </Button>
  );
}

const lists = (template: Template, { kind, name }: Missing): boolean =>
  kind === "module" ? Object.hasOwn(template.modules, name) : template.libraries.includes(name);
