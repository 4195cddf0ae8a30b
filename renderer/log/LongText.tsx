import { useMemo } from "react";
import { useValue } from "../state/context";
import { beginningOf } from "./beginning";
import { Marked } from "./Marked";
import { toggleWhole, treeStore } from "./treeState";

interface LongTextProps {
  text: string;
  query: string;
  links?: boolean;
  /** Says which text this is, so that it stays open while it is scrolled out of view. */
  textKey: string;
}

/** Text of a log. A very long one is shown by its beginning until somebody asks for the rest, or searches in it. */
export function LongText({ text, query, links = false, textKey }: LongTextProps) {
  const isWhole = useValue(treeStore, (state) => state.whole.has(textKey));
  const beginning = useMemo(() => beginningOf(text), [text]);
  const wanted = query.trim().toLowerCase();
  const isHit = useMemo(
    () => beginning !== undefined && wanted !== "" && text.toLowerCase().includes(wanted),
    [beginning, text, wanted],
  );
  if (beginning === undefined || isHit) return <Marked text={text} query={query} links={links} />;
  return (
    <>
      <Marked text={isWhole ? text : beginning.text} query={query} links={links} />
      <button type="button" className="source-link log-more" onClick={() => toggleWhole(textKey)}>
        {isWhole ? "Show less" : `Show ${beginning.rest}`}
      </button>
    </>
  );
}
