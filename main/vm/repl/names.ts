import type {
  AnyNode,
  Expression,
  Identifier,
  ModuleDeclaration,
  Node,
  Pattern,
  Program,
  Statement,
  VariableDeclaration,
} from "acorn";
import { ancestor } from "acorn-walk";

/** A place where code assigns to a variable. */
export interface AssignmentTarget {
  readonly name: string;
  /** Offset of the name. */
  readonly start: number;
  /** `{ name } = …`, where the name is the key too. */
  readonly shorthand: boolean;
}

/** Names that a pattern binds, in order. */
export function boundNames(pattern: Pattern): string[] {
  return targetsOf(pattern).map(({ name }) => name);
}

/** A `var` declaration, and whether a `for … in` or `for … of` gives its values. */
export interface Hoisted {
  readonly node: VariableDeclaration;
  readonly looped: boolean;
}

/** `var` declarations of a script or a function's body, wherever they stand; what nested functions declare is theirs. */
export function hoistedDeclarations(body: Node): Hoisted[] {
  const found: Hoisted[] = [];
  ancestor(body, {
    VariableDeclaration: (node, _state, ancestors) => {
      if (node.kind !== "var" || ancestors.some(isFunctionLike)) return;
      const parent = ancestors.at(-2);
      const looped = parent?.type === "ForInStatement" || parent?.type === "ForOfStatement";
      found.push({ node, looped });
    },
  });
  return found;
}

function isFunctionLike({ type }: AnyNode): boolean {
  return type.endsWith("FunctionExpression") || type === "FunctionDeclaration" || type === "StaticBlock";
}

/** Where a script assigns to one of these global names. Names that are declared on the way are others. */
export function assignmentsTo(names: ReadonlySet<string>, program: Program): AssignmentTarget[] {
  const found: AssignmentTarget[] = [];
  const look = (left: Pattern | VariableDeclaration | Expression, ancestors: readonly AnyNode[]): void => {
    for (const target of targetsOf(left)) {
      if (!names.has(target.name)) continue;
      if (!ancestors.some((node) => declaredBy(node).includes(target.name))) found.push(target);
    }
  };
  ancestor(program, {
    AssignmentExpression: ({ left }, _state, ancestors) => look(left, ancestors),
    UpdateExpression: ({ argument }, _state, ancestors) => look(argument, ancestors),
    ForInStatement: ({ left }, _state, ancestors) => look(left, ancestors),
    ForOfStatement: ({ left }, _state, ancestors) => look(left, ancestors),
  });
  return found;
}

function targetsOf(
  pattern: Pattern | VariableDeclaration | Expression,
  shorthand = false,
): AssignmentTarget[] {
  switch (pattern.type) {
    case "Identifier":
      return [{ name: pattern.name, start: pattern.start, shorthand }];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        property.type === "RestElement"
          ? targetsOf(property.argument)
          : targetsOf(property.value, property.shorthand),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element === null ? [] : targetsOf(element)));
    case "RestElement":
      return targetsOf(pattern.argument);
    case "AssignmentPattern":
      return targetsOf(pattern.left, shorthand);
    default:
      // A member, or what a loop declares.
      return [];
  }
}

/** Names that mean something of their own below this node. */
function declaredBy(node: AnyNode): string[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return [
        ...idOf(node.id),
        ...node.params.flatMap(boundNames),
        ...hoistedDeclarations(node.body).flatMap(({ node: inner }) => namesOfDeclaration(inner)),
      ];
    case "ClassDeclaration":
    case "ClassExpression":
      return idOf(node.id);
    case "BlockStatement":
    case "StaticBlock":
      return node.body.flatMap(namesOfStatement);
    case "SwitchStatement":
      return node.cases.flatMap(({ consequent }) => consequent.flatMap(namesOfStatement));
    case "ForStatement":
      return node.init?.type === "VariableDeclaration" ? namesOfDeclaration(node.init) : [];
    case "ForInStatement":
    case "ForOfStatement":
      return node.left.type === "VariableDeclaration" ? namesOfDeclaration(node.left) : [];
    case "CatchClause":
      return node.param == null ? [] : boundNames(node.param);
    default:
      return [];
  }
}

/** Names that a statement declares in the block where it stands. */
export function namesOfStatement(statement: Statement | ModuleDeclaration): string[] {
  switch (statement.type) {
    case "VariableDeclaration":
      return namesOfDeclaration(statement);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return idOf(statement.id);
    case "ImportDeclaration":
      return statement.specifiers.map(({ local }) => local.name);
    default:
      return [];
  }
}

/** Names that a declaration makes, in order. */
export function namesOfDeclaration({ declarations }: VariableDeclaration): string[] {
  return declarations.flatMap(({ id }) => boundNames(id));
}

function idOf(id: Identifier | null | undefined): string[] {
  return id == null ? [] : [id.name];
}
