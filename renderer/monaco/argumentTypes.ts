import { defaultOf } from "../../shared/model/arguments";
import { typeText, type Declaration, type Parameter } from "../../shared/model/parameters";

const FOLDER = "file:///.typings/args/";

/** Where the language service finds the type of a script's `args`, by the script's address. */
export const argumentTypesFile = (script: string): string =>
  `${script.replace(/^file:\/\/\//, FOLDER)}/parameters.d.ts`;

/** Address of the script whose `args` a file describes; `undefined` for any other file. */
export const scriptOfArgumentTypes = (file: string): string | undefined =>
  file.startsWith(FOLDER)
    ? `file:///${file.slice(FOLDER.length).replace(/\/parameters\.d\.ts$/, "")}`
    : undefined;

/** A script that makes its own `args`, from `vm:args` for instance, is not given another. */
const HAS_OWN_ARGS =
  /\b(?:const|let|var|function|class)\s+args\b|\b(?:const|let|var|import)\s*\{[^}]*\bargs\b[^}]*\}|\bimport\s+(?:\*\s+as\s+)?args\b/;

/** Text of a module with the exact type of a script's `args`; `undefined` when the script takes anything. */
export function argumentTypes(source: string, { parameters }: Declaration): string | undefined {
  if (parameters.length === 0 || HAS_OWN_ARGS.test(source)) return undefined;
  return `export interface Parameters {\n${parameters.map(member).join("\n")}\n}\nexport const args: Parameters;\n`;
}

/** Defaults are filled in before the script sees `args`, so only what has none can be missing. */
function member(parameter: Parameter): string {
  const fallback = defaultOf(parameter);
  const mark = parameter.presence === "optional" && fallback === undefined ? "?" : "";
  const about = [
    parameter.description,
    ...(fallback === undefined ? [] : [`@default ${JSON.stringify(fallback)}`]),
  ]
    .filter(Boolean)
    .join("\n")
    .replaceAll("*/", "*∕");
  return `  /** ${about} */\n  ${parameter.name}${mark}: ${typeText(parameter.type)};`;
}

/**
 * Code after a script's end that gives it an `args` of its own: every script is a module, so the name is the script's
 * alone. Nothing before it moves. In JavaScript it is an alias of something required, because the language service takes
 * a variable for undefined before its place, and an import would end what `module.exports` means to it.
 */
export function argumentsAtEnd(script: string): string {
  const depth = script.replace(/^file:\/\/\//, "").split("/").length - 1;
  const to = argumentTypesFile(script).replace(/^file:\/\/\//, depth === 0 ? "./" : "../".repeat(depth));
  const module = JSON.stringify(to.replace(/\.d\.ts$/, ""));
  return /\.[mc]?ts$/.test(script)
    ? `\n;declare var args: import(${module}).Parameters;`
    : `\n;var { args } = require(${module});`;
}
