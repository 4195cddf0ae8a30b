import { tokenizer, tokTypes } from "acorn";
import { parse, type Spec } from "comment-parser";
import { coerceArgument } from "../../shared/model/arguments";
import type { Declaration, DeclarationProblem, Parameter } from "../../shared/model/parameters";
import { parseParameterType } from "./parameter-type";

const FORM = "@param {type} args.name description";
/** Names that `vm-workbench run` or JavaScript itself already gives a meaning. */
const TAKEN = new Set(["help", "__proto__"]);

interface Comment {
  readonly text: string;
  /** Line of the file on which it starts, from 1. */
  readonly line: number;
}

/**
 * What a script declares about itself: the `@param {type} args.name` tags of the JSDoc comments before its first
 * statement. Reads text only, never runs it, and never throws: what cannot be understood is a problem with its line.
 */
export function readDeclaration(source: string): Declaration {
  const declaration: Declaration = { description: "", parameters: [], problems: [] };
  if (!source.includes("@param")) return declaration;
  for (const comment of commentsAtTop(source)) {
    for (const block of parse(comment.text, { startLine: comment.line, spacing: "compact" })) {
      const params = block.tags.filter((tag) => tag.tag === "param");
      // With a parent, as JSDoc has it for functions, these are the properties of a function's own parameter.
      if (params.some((tag) => tag.name === "args")) continue;
      const declared = params.filter((tag) => /\bargs\b/.test(tag.source[0]?.source ?? ""));
      if (declared.length === 0) continue;
      declaration.description ||= block.description;
      for (const tag of declared) add(declaration, tag);
    }
  }
  return declaration;
}

function add({ parameters, problems }: Declaration, tag: Spec): void {
  const place = placeOf(tag);
  const parameter = readParameter(tag, place.line);
  if (typeof parameter === "string") problems.push({ ...place, message: parameter });
  else if (parameters.some(({ name }) => name === parameter.name))
    problems.push({ ...place, message: `The parameter ${parameter.name} is declared twice.` });
  else parameters.push(parameter);
}

/** The parameter that a tag declares, or what is wrong with it. */
function readParameter(tag: Spec, line: number): Parameter | string {
  const [fault] = tag.problems;
  if (fault !== undefined) return `This parameter cannot be read (${fault.message}). Write it as ${FORM}.`;
  const name = /^args\.([A-Za-z_$][\w$]*)$/.exec(tag.name)?.[1];
  if (name === undefined) return `“${tag.name}” is not the name of a parameter. Write it as ${FORM}.`;
  if (TAKEN.has(name)) return `A parameter cannot be called ${name}; choose another name.`;
  const type = parseParameterType(tag.type);
  if (typeof type === "string") return `${name}: ${type}`;
  const parameter: Parameter = {
    name,
    type,
    presence: tag.optional || type.kind === "boolean" ? "optional" : "required",
    description: tag.description.replace(/^[-–—]\s*/, ""),
    line,
  };
  if (tag.default === undefined) return parameter;
  const written = type.kind === "list" ? jsonOf(tag.default) : unquoted(tag.default);
  const value = written === undefined ? undefined : coerceArgument(type, written);
  if (value !== undefined) return { ...parameter, default: value };
  const example = type.kind === "list" ? ' Write a list as JSON, for example ["a", "b"].' : "";
  return `The default ${tag.default} of ${name} does not fit its type {${tag.type}}.${example}`;
}

function placeOf(tag: Spec): Pick<DeclarationProblem, "line" | "column"> {
  const [first] = tag.source;
  return { line: first?.number ?? 1, column: Math.max(0, first?.source.indexOf("@") ?? 0) + 1 };
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

function jsonOf(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** JSDoc comments before the first statement; directives such as `"use strict"` may stand between. */
function commentsAtTop(source: string): Comment[] {
  const comments: Comment[] = [];
  try {
    const tokens = tokenizer(source, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowHashBang: true,
      locations: true,
      onComment: (isBlock, text, _start, _end, startLoc) => {
        if (isBlock && text.startsWith("*"))
          comments.push({ text: `/*${text}*/`, line: startLoc?.line ?? 1 });
      },
    });
    for (;;) {
      const { type } = tokens.getToken();
      if (type !== tokTypes.string && type !== tokTypes.semi) break;
    }
  } catch {
    // The script has a syntax error, or is TypeScript from its first token on; the comments before it count.
  }
  return comments;
}
