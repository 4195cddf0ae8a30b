import { ChevronRight } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import type { SessionId } from "../../shared/model/ids";
import type { PropertyPreview, ValuePreview } from "../../shared/model/value";
import { useValue, useWorkbench } from "../state/context";
import { cx } from "../ui";
import { beginningOf } from "./beginning";
import { LongText } from "./LongText";
import { linkPlaces } from "./Marked";
import { treeStore, toggleNode, loadMore, runGetter, PAGE } from "./treeState";

interface ValueTreeProps {
  value: ValuePreview;
  sessionId: SessionId | undefined;
  /** Says which tree this is, so that it stays open while it is scrolled out of view. */
  treeKey: string;
  /** Text before the value, such as its property name. */
  lead?: ReactNode;
}

/** A value as in developer tools: one line, opened into properties that the live session gives on demand. */
export function ValueTree({ value, sessionId, treeKey, lead }: ValueTreeProps) {
  const workbench = useWorkbench();
  const node = useValue(treeStore, (state) => state.nodes[treeKey]);
  const preview = quoted(value, lead !== undefined);
  const beginning = useMemo(() => beginningOf(preview), [preview]);
  const canOpen = value.objectId !== undefined || (value.properties?.length ?? 0) > 0;
  const isOpen = node?.isOpen === true;
  const summary = (
    <>
      {lead}
      <span
        className={cx(
          "value",
          `value-${value.type}`,
          value.subtype !== undefined && `value-of-${value.subtype}`,
        )}
      >
        {isOpen
          ? headOf(value)
          : value.subtype === "error" && !canOpen
            ? linkPlaces(value.preview)
            : (beginning?.text ?? preview)}
        {beginning !== undefined && !isOpen && (
          <span className="value-note">
            {"\n"}… {beginning.rest}
          </span>
        )}
      </span>
      {value.truncated === true && !canOpen && <span className="value-note"> (cut)</span>}
    </>
  );
  if (!canOpen && beginning !== undefined && value.subtype !== "error")
    return (
      <span className="value-leaf">
        {lead}
        <span className={cx("value", `value-${value.type}`)}>
          <LongText text={preview} query="" textKey={treeKey} />
        </span>
      </span>
    );
  if (!canOpen) return <span className="value-leaf">{summary}</span>;
  const toggle = () => workbench.notices.attempt(() => toggleNode(workbench, sessionId, value, treeKey));
  // The frames of an error are links, so they cannot stand inside the button that opens it.
  const [head = "", ...frames] = value.subtype === "error" ? value.preview.split("\n") : [];
  return (
    <div className="value-node">
      <button type="button" className="value-line" aria-expanded={isOpen} onClick={toggle}>
        <ChevronRight size={11} aria-hidden className="value-twist" />
        {frames.length === 0 ? (
          summary
        ) : (
          <>
            {lead}
            <span className="value value-of-error">{head}</span>
          </>
        )}
      </button>
      {frames.length > 0 && <pre className="value-frames">{linkPlaces(frames.join("\n"))}</pre>}
      {isOpen && (
        <div className="value-children" role="group">
          {node.isLoading && <span className="value-note">Loading…</span>}
          {node.note !== undefined && <span className="value-note">{node.note}</span>}
          {node.properties.map((property, index) => (
            <Property
              key={`${property.kind}:${property.name}:${index}`}
              property={property}
              owner={value}
              sessionId={sessionId}
              treeKey={`${treeKey}.${index}`}
            />
          ))}
          {node.hasMore && (
            <button
              type="button"
              className="source-link"
              onClick={() => workbench.notices.attempt(() => loadMore(workbench, sessionId, value, treeKey))}
            >
              Show {PAGE} more{value.size === undefined ? "" : ` of ${value.size}`}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Property({
  property,
  owner,
  sessionId,
  treeKey,
}: {
  property: PropertyPreview;
  owner: ValuePreview;
  sessionId: SessionId | undefined;
  treeKey: string;
}) {
  const workbench = useWorkbench();
  const got = useValue(treeStore, (state) => state.getters[treeKey]);
  const name = (
    <span
      className={cx(
        "value-name",
        !property.enumerable && "value-hidden",
        property.kind === "internal" && "value-internal",
      )}
    >
      {property.kind === "entry" && property.key !== undefined ? property.key.preview : property.name}
      <span className="value-colon">{property.kind === "entry" ? " => " : ": "}</span>
    </span>
  );
  if (property.kind === "accessor") {
    if (got !== undefined)
      return <ValueTree value={got} sessionId={sessionId} treeKey={`${treeKey}()`} lead={name} />;
    return (
      <span className="value-leaf">
        {name}
        <button
          type="button"
          className="value-getter"
          aria-label={`Run the getter ${property.name}`}
          title="Run the getter"
          onClick={() =>
            workbench.notices.attempt(() => runGetter(workbench, sessionId, owner, property.name, treeKey))
          }
        >
          {property.value?.preview ?? "(…)"}
        </button>
      </span>
    );
  }
  if (property.value === undefined) return <span className="value-leaf">{name}</span>;
  return <ValueTree value={property.value} sessionId={sessionId} treeKey={treeKey} lead={name} />;
}

/** An open value says what it is; its properties stand below. */
function headOf(value: ValuePreview): string {
  if (value.type === "function" || value.subtype === "error") return value.preview.split("\n", 1)[0] ?? "";
  const name = value.className ?? (value.subtype === "array" ? "Array" : "Object");
  return value.size === undefined ? name : `${name}(${value.size})`;
}

/** Strings inside objects are quoted, so that `"1"` and `1` differ. */
function quoted(value: ValuePreview, isInside: boolean): string {
  if (value.type !== "string" || !isInside || /^['"`]/.test(value.preview)) return value.preview;
  return JSON.stringify(value.preview);
}
