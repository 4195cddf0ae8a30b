import type { SourceLocation } from "../../shared/model/value";
import { useWorkbench } from "../state/context";
import { baseName } from "../state/paths";
import { isFilePlace } from "../state/reveal";
import { cx } from "../ui";

/** A place in a workspace file; opens it there. Code without a file is named, but leads nowhere. */
export function SourceLink({
  place,
  label,
  className,
}: {
  place: SourceLocation;
  label?: string;
  className?: string;
}) {
  const { reveal } = useWorkbench();
  const words = label ?? `${baseName(place.path)}:${place.line}`;
  if (!isFilePlace(place)) return <span className={cx("source-plain", className)}>{words}</span>;
  return (
    <button
      type="button"
      className={cx("source-link", className)}
      title={`${place.path}:${place.line}`}
      onClick={() => reveal.show(place)}
    >
      {words}
    </button>
  );
}
