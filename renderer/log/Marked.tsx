import { Fragment, type ReactNode } from "react";
import { ansiStyled, withoutAnsi } from "../../shared/model/ansi";
import { AnsiText } from "./AnsiText";
import { SourceLink } from "./SourceLink";

const PLACE =
  /(?:^|[\s(])((?:[\p{L}\p{M}\p{N}_@.-]+\/)*[\p{L}\p{M}\p{N}_@.-]+\.(?:mjs|cjs|mts|js|ts|json)):(\d+)(?::(\d+))?/gu;

/** Text with search hits marked or, without a search, in its colours and, with `links`, its places as links. */
export function Marked({ text, query, links = false }: { text: string; query: string; links?: boolean }) {
  const wanted = query.trim().toLowerCase();
  if (wanted !== "") return <span className="log-text">{markHits(withoutAnsi(text), wanted)}</span>;
  const part = (piece: string) => (links ? linkPlaces(piece) : piece);
  const styled = ansiStyled(text);
  return (
    <span className="log-text">
      {styled === undefined ? part(text) : <AnsiText styled={styled} part={part} />}
    </span>
  );
}

function markHits(text: string, wanted: string): ReactNode[] {
  const lower = text.toLowerCase();
  const parts: ReactNode[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + wanted.length)}</mark>);
    from = at + wanted.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Splits a text at places in files; also used for stack frames. */
export function linkPlaces(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACE)) {
    const [whole, path = "", line = "1", column] = match;
    const start = match.index + whole.indexOf(path);
    parts.push(<Fragment key={`t${from}`}>{text.slice(from, start)}</Fragment>);
    const end = match.index + whole.length;
    const place = { path, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
    parts.push(<SourceLink key={start} place={place} label={text.slice(start, end)} />);
    from = end;
  }
  parts.push(<Fragment key={`t${from}`}>{text.slice(from)}</Fragment>);
  return parts;
}
