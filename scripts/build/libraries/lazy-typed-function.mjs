// @ts-check
import { readFileSync } from "node:fs";

/**
 * @param {string} text @param {string} anchor @param {string} replacement
 */
function replaceOnce(text, anchor, replacement) {
  const parts = text.split(anchor);
  if (parts.length !== 2) {
    throw new Error(
      `typed-function has changed: "${anchor}" occurs ${parts.length - 1} times. Look at lazy-typed-function.mjs again.`,
    );
  }
  return parts.join(replacement);
}

/**
 * The code of typed-function, where a typed function compiles its dispatch table when it is first called and not when it
 * is made. Everything that can be wrong with its signatures is still reported when it is made.
 *
 * Why: sorting the signatures with all their conversions is more than half of what mathjs needs to make its functions, and
 * a program calls a few of the four hundred. An interpreter without a JIT spends a second of CPU time on the rest.
 * @param {string} source text of `typed-function.mjs`
 */
export function postponeDispatch(source) {
  const SORT = "    preliminarySignatures.sort(compareSignatures);\n";
  const TABLE = "    const signatures = [];\n";
  const FUNCTION = "    // create the typed function\n";
  const DATA = `    theTypedFn._typedFunctionData = {
      signatures,
      signatureMap: internalSignatureMap
    };
`;
  const ENTRY = `    function theTypedFn(arg0, arg1) {
      'use strict';
`;
  let text = replaceOnce(source, SORT, "");
  // Each of these occurs once; what stands between them is the table.
  for (const anchor of [TABLE, FUNCTION]) replaceOnce(text, anchor, anchor);
  const from = text.indexOf(TABLE);
  const to = text.indexOf(FUNCTION);
  /** @type {string[]} */
  const names = [];
  const table = text.slice(from, to).replace(/^ {4}const (\w+) = /gm, (_all, name) => {
    names.push(name);
    return `    ${name} = `;
  });
  text = [
    text.slice(0, from),
    `    let ${names.join(", ")};\n    let hasTable = false;\n    const makeTable = () => {\n    hasTable = true;\n${SORT}${table}    };\n`,
    text.slice(to),
  ].join("");
  text = replaceOnce(text, ENTRY, `${ENTRY}      if (!hasTable) makeTable();\n`);
  return replaceOnce(
    text,
    DATA,
    `    Object.defineProperty(theTypedFn, "_typedFunctionData", { enumerable: true, configurable: true, get() {
      if (!hasTable) makeTable();
      return { signatures, signatureMap: internalSignatureMap };
    } });
`,
  );
}

/**
 * Bundles typed-function as {@link postponeDispatch} makes it.
 * @type {import("esbuild").Plugin}
 */
export const lazyTypedFunction = {
  name: "lazy-typed-function",
  setup(build) {
    build.onLoad({ filter: /[\\/]typed-function[\\/]lib[\\/]esm[\\/]typed-function\.mjs$/ }, ({ path }) => ({
      contents: postponeDispatch(readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
