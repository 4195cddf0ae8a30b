import type { Node, Program, Statement } from "acorn";
import MagicString from "magic-string";
import { LineIndex, type Insertion } from "./positions";

/** Name of the variable that holds a script's value. */
export const VALUE_NAME = "__vmValue";

export interface WithValue {
  readonly code: string;
  readonly insertions: ReadonlyMap<number, readonly Insertion[]>;
  /** Whether anything gives a value at all. */
  readonly hasValue: boolean;
}

/**
 * Makes a script keep its completion value, as `eval` has it: expression statements in completion position assign to
 * {@link VALUE_NAME}. Lines stay; the columns that move are told.
 */
export function keepCompletionValue(source: string, program: Program): WithValue {
  const code = new MagicString(source);
  const lines = new LineIndex(source);
  const insertions = new Map<number, Insertion[]>();
  const open = `${VALUE_NAME} = (`;
  let hasValue = false;
  const keep = (expression: Node): void => {
    hasValue = true;
    code.appendLeft(expression.start, open);
    code.appendRight(expression.end, ")");
    lines.note(insertions, expression.start, open.length);
    lines.note(insertions, expression.end, 1);
  };
  visitCompletion(program.body, keep);
  for (const list of insertions.values()) list.sort((a, b) => a.column - b.column);
  return { code: code.toString(), insertions, hasValue };
}

/** Calls `keep` for the expression of every statement whose value can become the value of the list. */
function visitCompletion(body: readonly Node[], keep: (expression: Node) => void): void {
  for (let index = body.length - 1; index >= 0; index--) {
    const statement = body[index] as Statement | undefined;
    if (statement !== undefined && visitStatement(statement, keep)) return;
  }
}

/** Gives whether the statement always has a value of its own, so that earlier ones do not matter. */
function visitStatement(statement: Statement, keep: (expression: Node) => void): boolean {
  switch (statement.type) {
    case "ExpressionStatement":
      // Turning it into an assignment would end strict mode.
      if (statement.directive === "use strict") return false;
      keep(statement.expression);
      return true;
    case "BlockStatement":
      visitCompletion(statement.body, keep);
      return statement.body.length > 0;
    case "IfStatement":
      visitStatement(statement.consequent, keep);
      if (statement.alternate != null) visitStatement(statement.alternate, keep);
      return true;
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
    case "WithStatement":
      visitStatement(statement.body, keep);
      return true;
    case "TryStatement":
      visitCompletion(statement.block.body, keep);
      if (statement.handler != null) visitCompletion(statement.handler.body.body, keep);
      return true;
    case "SwitchStatement":
      for (const branch of statement.cases) visitCompletion(branch.consequent, keep);
      return true;
    default:
      return false;
  }
}
