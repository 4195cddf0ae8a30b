import type { ExecutionError } from "../../shared/model/event";
import type { SourceLocation } from "../../shared/model/value";
import type { DocumentsConcern } from "./documents";
import type { Notices } from "./notices";
import { isFilePlace, type Reveal } from "./reveal";
import { findSpecifiers } from "./requires";

/** A specifier that was not found, where it stands, and the near one that can be loaded. */
export interface SpecifierFix {
  readonly place: SourceLocation;
  readonly specifier: string;
  readonly with: string;
}

/** What the editor offers as a quick fix, as the same fix for an error of a run; `undefined` where nothing is near. */
export function specifierFixOf({ code, details, location }: ExecutionError): SpecifierFix | undefined {
  const specifier = details?.["module"];
  const near = details?.["nearest"];
  if (code !== "MODULE_NOT_FOUND" || typeof specifier !== "string" || typeof near !== "string")
    return undefined;
  return location !== undefined && isFilePlace(location)
    ? { place: location, specifier, with: near }
    : undefined;
}

/** What became of a fix in the text of its script: it is still to be made, it was made, or there is nothing to be made. */
export function stateOfFix(fix: SpecifierFix, text: string): "offered" | "done" | "gone" {
  // Looking through a long script costs more than to see that it names neither.
  if (text.includes(fix.specifier) || text.includes(fix.with)) {
    const specifiers = findSpecifiers(text).map(({ specifier }) => specifier);
    if (specifiers.includes(fix.specifier)) return "offered";
    if (specifiers.includes(fix.with)) return "done";
  }
  return "gone";
}

/**
 * Writes the near specifier into the script, unsaved as after the editor's quick fix, and shows it there. Where the script
 * does not have the old one any more, a notice says so.
 */
export async function applySpecifierFix(
  { documents, reveal, notices }: { documents: DocumentsConcern; reveal: Reveal; notices: Notices },
  fix: SpecifierFix,
): Promise<void> {
  const { path, line } = fix.place;
  await documents.open(path);
  const text = documents.get(path)?.text ?? "";
  const found = findSpecifiers(text)
    .filter(({ specifier }) => specifier === fix.specifier)
    .map(({ offset }) => ({ offset, line: lineAt(text, offset) }))
    // The script may have changed since it ran.
    .sort((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line))[0];
  if (found === undefined) {
    reveal.show({ path, line });
    notices.show({ severity: "info", message: `${path} does not load “${fix.specifier}” any more.` });
    return;
  }
  const { offset } = found;
  documents.edit(path, text.slice(0, offset) + fix.with + text.slice(offset + fix.specifier.length));
  const column = offset - text.lastIndexOf("\n", offset - 1);
  // Nothing is selected: a selection is what would run next.
  reveal.show({ path, line: found.line, column });
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;
