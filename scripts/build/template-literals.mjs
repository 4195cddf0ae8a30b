// @ts-check
import { parse } from "acorn";
import { simple } from "acorn-walk";
import MagicString from "magic-string";

/**
 * Turns template literals into sums. QuickJS evaluates `a${b}` by calling the method `concat`, which a script can
 * replace; the runtime's own code must not depend on it. `text` names a function that makes a string of anything.
 * @param {string} source
 * @param {string} text
 */
export function withoutTemplateLiterals(source, text) {
  const code = new MagicString(source);
  /** @type {Set<unknown>} */
  const tagged = new Set();
  const program = parse(source, { ecmaVersion: "latest", sourceType: "script" });
  simple(program, {
    TaggedTemplateExpression(node) {
      tagged.add(node.quasi);
    },
  });
  simple(program, {
    TemplateLiteral(node) {
      if (tagged.has(node)) return;
      node.quasis.forEach((quasi, index) => {
        const literal = JSON.stringify(quasi.value.cooked ?? "").replace(/\u2028|\u2029/g, escapeSeparator);
        const next = node.quasis[index + 1];
        const open = index === 0 ? "(" : ")+";
        const close = next === undefined ? ")" : `+${text}(`;
        // From behind the expression before to the start of the expression after, delimiters included.
        const start = index === 0 ? node.start : quasi.start - 1;
        const end = next === undefined ? node.end : quasi.end + 2;
        code.overwrite(start, end, open + literal + close);
      });
    },
  });
  return code.toString();
}

/** @param {string} separator */
function escapeSeparator(separator) {
  return `\\u${separator.charCodeAt(0).toString(16)}`;
}
