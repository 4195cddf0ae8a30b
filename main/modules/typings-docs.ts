import type { MemberDoc } from "../../shared/model/module";

/** Text of a member's JSDoc comment: what it does, its parameters, result and errors, and an example. */
export function memberJsDoc(member: MemberDoc): string[] {
  const lines = member.summary.split("\n");
  for (const param of member.params) lines.push(...`@param ${param.name} ${param.doc}`.split("\n"));
  if (member.returns.trim() !== "") lines.push(...`@returns ${member.returns}`.split("\n"));
  for (const error of member.errors) lines.push(...`@throws ${error.code}: ${error.when}`.split("\n"));
  if (member.example.trim() !== "")
    lines.push("@example", "```js", ...member.example.trim().split("\n"), "```");
  return lines.map((line) => line.replaceAll("*/", "*\\/"));
}

function asComment(lines: readonly string[], indent: string): string[] {
  const only = lines[0];
  if (lines.length === 1 && only !== undefined) return [`${indent}/** ${only} */`];
  return [
    `${indent}/**`,
    ...lines.map((line) => (line === "" ? `${indent} *` : `${indent} * ${line}`)),
    `${indent} */`,
  ];
}

// What can stand before a declared name at the start of a line: keywords of declarations and class members.
const DECLARATION =
  /^(\s*)(?:export\s+|declare\s+|default\s+|static\s+|readonly\s+|abstract\s+|async\s+|get\s+|set\s+)*(function\*?|const|let|var|class|interface|namespace|type|enum)?\s*([A-Za-z_$][\w$]*|\[Symbol\.\w+\])\s*(\??)\s*([(<:={;,]|extends\b|implements\b|$)/;

interface Scope {
  readonly name: string;
  /** The namespace that `export =` exports: its members are the module's own. */
  readonly isModule: boolean;
  readonly depth: number;
}

/** Changes of brace depth on a line, with comments and strings taken out (typings hold neither braces in regexes nor templates). */
function braces(line: string): number {
  const code = line.replace(/\/\*.*?\*\/|\/\/.*$|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
  let depth = 0;
  for (const char of code) depth += char === "{" ? 1 : char === "}" ? -1 : 0;
  return depth;
}

/**
 * Puts the docs of members into `.d.ts` text as JSDoc. A member `a.b` is found inside the block that declares `a`;
 * the first declaration of a name gets the comment, unless the author wrote one there. `missing` names the members that
 * the text does not declare.
 */
export function documentTypings(
  typings: string,
  members: readonly MemberDoc[],
): { readonly text: string; readonly missing: readonly string[] } {
  const docs = new Map(members.map((member) => [member.name, member]));
  // `export { Local as Name }`: the comment belongs to the declaration of `Local`.
  for (const [, local = "", exported = ""] of typings.matchAll(/([\w$]+) as ([\w$]+)(?=[^{}]*\})/g)) {
    const member = docs.get(exported);
    if (member !== undefined && !docs.has(local)) docs.set(local, member);
  }
  const exported = /^\s*export\s*=\s*([\w$]+)/m.exec(typings)?.[1];
  const output: string[] = [];
  const scopes: Scope[] = [];
  let depth = 0;
  let inComment = false;
  for (const line of typings.split("\n")) {
    if (inComment || /^\s*(\/\*|\*|\/\/)/.test(line)) {
      inComment = /\/\*/.test(line) || inComment ? !line.includes("*/") : false;
      output.push(line);
      continue;
    }
    const change = braces(line);
    const match = /^\s*declare\s+module\b/.test(line) ? null : DECLARATION.exec(line);
    const name = match?.[3];
    if (match !== null && name !== undefined) {
      const path = [...scopes.filter((scope) => !scope.isModule).map((scope) => scope.name), name].join(".");
      const member = docs.get(path);
      const commented = /\*\/\s*$/.test(output.at(-1) ?? "");
      if (member !== undefined) {
        docs.delete(path);
        docs.delete(member.name);
        if (!commented) output.push(...asComment(memberJsDoc(member), match[1] ?? ""));
      }
      if (change > 0) scopes.push({ name, depth, isModule: match[2] === "namespace" && name === exported });
    }
    depth += change;
    while (scopes.length > 0 && depth <= (scopes.at(-1)?.depth ?? 0)) scopes.pop();
    output.push(line);
  }
  const missing = members.filter((member) => docs.get(member.name) === member).map((member) => member.name);
  return { text: output.join("\n"), missing };
}

/** Declares `alias` as another name of the module `name`, in the form that its typings call for. */
export function declareAliases(name: string, alias: string, typings: string): string {
  const body = /^\s*export\s*=/m.test(typings)
    ? [`  import original = require(${JSON.stringify(name)});`, "  export = original;"]
    : [
        `  export * from ${JSON.stringify(name)};`,
        ...(/^\s*export\s+default\b|\bas default\b/m.test(typings)
          ? [`  export { default } from ${JSON.stringify(name)};`]
          : []),
      ];
  return [`declare module ${JSON.stringify(alias)} {`, ...body, "}"].join("\n");
}
