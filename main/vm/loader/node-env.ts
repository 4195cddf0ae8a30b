import { simple } from "acorn-walk";
import { parseCommonJs, parseModule, tryParse, type Format } from "./format";

const NODE_ENV = "process.env.NODE_ENV";
const PACKAGE = /(?:^|\/)node_modules\//;
/** Larger files are left as they are: parsing them here could not be interrupted. */
const MAX_PARSED = 2 * 1024 * 1024;

/**
 * Packages ask `process.env.NODE_ENV` whether to check more and say more, and sessions have no `process`: the question is
 * answered here, as every bundler does, with what Node gives when nobody has set it. Nothing moves.
 */
export function answerNodeEnv(path: string, code: string, format: Format): string {
  if (!PACKAGE.test(path) || !code.includes(NODE_ENV) || code.length > MAX_PARSED) return code;
  const program = tryParse(() => (format === "esm" ? parseModule(code) : parseCommonJs(code)));
  if (program === undefined) return code;
  const parts: string[] = [];
  let end = 0;
  simple(program, {
    MemberExpression(node) {
      // Members are visited inside out, the text from left to right: neither comments nor strings are among them.
      if (node.start < end || code.slice(node.start, node.end) !== NODE_ENV) return;
      parts.push(code.slice(end, node.start), "undefined".padEnd(NODE_ENV.length));
      end = node.end;
    },
  });
  return parts.join("") + code.slice(end);
}
