import { PLAIN_PARAMETER_TYPES, type ParameterType } from "../../shared/model/parameters";

const TEXT = /\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*(\||$)/y;
const KNOWN = `${PLAIN_PARAMETER_TYPES.join(", ")}, a choice such as "a" | "b", or a list such as string[]`;

/** A type as a script writes it in braces, or the sentence that says what is wrong with it. */
export function parseParameterType(text: string): ParameterType | string {
  const type = text.trim();
  if (type === "") return `Its type is missing. There are: ${KNOWN}.`;
  const list = /^(.*)\[\]$/s.exec(type);
  if (list === null) return itemType(type) ?? `There is no type {${type}}. There are: ${KNOWN}.`;
  const [, inner = ""] = list;
  const of = itemType(/^\s*\((.*)\)\s*$/s.exec(inner)?.[1] ?? inner);
  if (of === undefined) return `There is no type {${type}}. There are: ${KNOWN}.`;
  if (of.kind === "boolean") return "A list of booleans makes no sense; choose another type.";
  return { kind: "list", of };
}

type ItemType = Exclude<ParameterType, { kind: "list" }>;

function itemType(text: string): ItemType | undefined {
  const kind = PLAIN_PARAMETER_TYPES.find((plain) => plain === text.trim());
  if (kind !== undefined) return { kind };
  const choices: string[] = [];
  TEXT.lastIndex = 0;
  for (;;) {
    const found = TEXT.exec(text);
    if (found === null) return undefined;
    choices.push(found[1] ?? found[2] ?? "");
    if (found[3] === "") break;
  }
  return choices.includes("") || new Set(choices).size < choices.length
    ? undefined
    : { kind: "choice", choices };
}
