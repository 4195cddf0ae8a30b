import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** What each kind of JSON value is called in a sentence. */
const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list in [ ]",
  object: "an object in { }",
  record: "an object in { }",
  null: "null",
};

/** What a schema's issue means for somebody who writes the value: what is expected, in plain words. */
export function issueWords(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeWords(issue);
    case "too_big":
      return `At most ${sizeWords(issue.origin, issue.maximum)}.`;
    case "too_small":
      return issue.origin === "string" && Number(issue.minimum) === 1
        ? "It must not be empty."
        : `At least ${sizeWords(issue.origin, issue.minimum)}.`;
    case "invalid_value":
      return `${list(issue.values.map((value) => JSON.stringify(value) ?? String(value)))} is expected.`;
    case "invalid_union":
      return "None of the forms that are allowed here.";
    default:
      return sentence(issue.message.replace(/^Invalid input: /, ""));
  }
}

function typeWords(issue: z.core.$ZodIssueInvalidType): string {
  const expected = KINDS[issue.expected] ?? `a value of the kind ${issue.expected}`;
  if (issue.message.endsWith("received undefined")) return `Missing: ${expected} is expected.`;
  return sentence(`${expected} is expected`);
}

function sizeWords(origin: string, size: number | bigint): string {
  const count = Number(size).toLocaleString("en-US");
  if (origin === "string") return `${count} ${size === 1 ? "character" : "characters"}`;
  return origin === "array" || origin === "set" ? `${count} ${size === 1 ? "entry" : "entries"}` : count;
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
