import { structuredPatch } from "diff";
import { Fragment, useMemo } from "react";
import { cx } from "../../ui";
import "./diff.css";

/** The lines that change between two texts, with a few around them; for small changes inside of a page. */
export function TextDiff({
  before,
  after,
  label,
  context = 2,
}: {
  before: string;
  after: string;
  label: string;
  context?: number;
}) {
  const hunks = useMemo(
    () => structuredPatch("", "", before, after, undefined, undefined, { context }).hunks,
    [before, after, context],
  );
  if (hunks.length === 0) return <p className="muted">No change.</p>;
  return (
    <pre className="text-diff selectable" role="region" aria-label={label} tabIndex={0}>
      {hunks.map((hunk, index) => (
        <Fragment key={hunk.newStart}>
          {index > 0 && <span className="text-diff-gap">⋯{"\n"}</span>}
          {hunk.lines
            .filter((line) => !line.startsWith("\\"))
            .map((line, at) => {
              const sign = line.charAt(0);
              const Tag = sign === "+" ? "ins" : sign === "-" ? "del" : "span";
              return (
                <Tag
                  key={at}
                  className={cx(
                    "text-diff-line",
                    sign === "+" && "text-diff-added",
                    sign === "-" && "text-diff-removed",
                  )}
                >
                  {sign} {line.slice(1)}
                  {"\n"}
                </Tag>
              );
            })}
        </Fragment>
      ))}
    </pre>
  );
}
