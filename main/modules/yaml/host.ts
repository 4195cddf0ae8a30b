import {
  Composer,
  isDocument,
  Lexer,
  LineCounter,
  Parser,
  stringify,
  visit,
  type DocumentOptions,
  type ParsedNode,
  type Document,
  type ParseOptions,
  type SchemaOptions,
  type ToJSOptions,
  type ToStringOptions,
  type CreateNodeOptions,
  type CST,
} from "yaml";
import type { HostContext, HostModule } from "../record";
import { describeParsed, flatten, restore, type Graph } from "./graph";

type ReadOptions = ParseOptions & DocumentOptions & SchemaOptions & ToJSOptions;
type WriteOptions = DocumentOptions & SchemaOptions & CreateNodeOptions & ToStringOptions;
type Parsed = Document.Parsed<ParsedNode>;
type YamlFault = Parsed["errors"][number] | Parsed["warnings"][number];

/** Raised for text that is not YAML; `line` and `column` count from 1. */
class YAMLParseError extends SyntaxError {
  override readonly name = "YAMLParseError";

  constructor(
    message: string,
    readonly code: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`${message} at line ${line}, column ${column}`);
  }
}

type Problem = { message: string; code: string; line: number; column: number };

interface Found {
  readonly document: Parsed;
  readonly lines: LineCounter;
}

function toProblem(fault: YamlFault, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(fault.pos[0]);
  return { message: fault.message, code: fault.code, line, column: col };
}

/** The first alias whose anchor does not stand before it; the package finds it only when values are made. */
function unresolvedAlias(document: Parsed, lines: LineCounter): Problem | undefined {
  let problem: Problem | undefined;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      const { line, col } = lines.linePos(alias.range?.[0] ?? 0);
      const message = `Unresolved alias (the anchor must be set before the alias): ${alias.source}`;
      problem = { message, code: "BAD_ALIAS", line, column: col };
      return visit.BREAK;
    },
  });
  return problem;
}

/** How many tokens are read between two looks at the limits. */
const SLICE = 1024;

/**
 * The host half. The package runs here because inside the VM it takes 90 ms to load and 560 ms for 1,000 lines (here 70
 * to 200 ms): reading a larger file would use up the limits.
 */
export function createYamlHost(context: HostContext): HostModule {
  function* tokens(text: string, lines: LineCounter): Generator<CST.Token> {
    const parser = new Parser(lines.addNewLine);
    lines.addNewLine(0);
    let count = 0;
    for (const lexeme of new Lexer().lex(text)) {
      count += 1;
      if (count % SLICE === 0 && context.mustStop()) throw new Error("Reading YAML was stopped.");
      yield* parser.next(lexeme);
    }
    yield* parser.end();
  }

  /** The documents of a text, one by one: what follows the first is not looked at unless it is asked for. */
  function* documents(text: string, options: ReadOptions): Generator<Found> {
    const lines = new LineCounter();
    const composer = new Composer({ ...options, lineCounter: lines, logLevel: "error" });
    for (const document of composer.compose(tokens(text, lines))) {
      if (isDocument(document)) yield { document: document as Parsed, lines };
    }
  }

  function toValue({ document, lines }: Found, options: ReadOptions): unknown {
    const fault = document.errors[0];
    if (fault !== undefined) {
      const { message, code, line, column } = toProblem(fault, lines);
      throw new YAMLParseError(message, code, line, column);
    }
    try {
      return document.toJS(options);
    } catch (error) {
      const alias = unresolvedAlias(document, lines);
      if (alias === undefined) throw error;
      throw new YAMLParseError(alias.message, alias.code, alias.line, alias.column);
    }
  }

  return {
    functions: {
      parse(text: string, options: ReadOptions): Graph {
        for (const found of documents(text, options)) return flatten(toValue(found, options), describeParsed);
        return flatten(null, describeParsed);
      },
      parseAll: (text: string, options: ReadOptions): Graph =>
        flatten(
          [...documents(text, options)].map((found) => toValue(found, options)),
          describeParsed,
        ),
      stringify: (graph: Graph, options: WriteOptions): string => stringify(restore(graph, "map"), options),
      validate(text: string, options: ReadOptions) {
        const errors: Problem[] = [];
        const warnings: Problem[] = [];
        for (const { document, lines } of documents(text, options)) {
          errors.push(...document.errors.map((fault) => toProblem(fault, lines)));
          const alias = unresolvedAlias(document, lines);
          if (alias !== undefined) errors.push(alias);
          warnings.push(...document.warnings.map((fault) => toProblem(fault, lines)));
        }
        return { valid: errors.length === 0, errors, warnings };
      },
    },
  };
}
