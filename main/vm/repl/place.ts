import { tokenizer, type Token } from "acorn";
import type { CompletionPlace, LiteralClass, PlaceRoot } from "../completion-item";

const NOTHING: CompletionPlace = { kind: "nothing" };
/** Of a longer text, only the end is looked at: nobody types that. */
const MAX_TEXT = 1_000_000;
const LOOK_BACK = 10_000;

/** Finds out what is being typed at the end of the text. Tokens are enough: the input is seldom complete. */
export function findPlace(text: string): CompletionPlace {
  const source = text.length > MAX_TEXT ? text.slice(text.indexOf("\n", text.length - LOOK_BACK) + 1) : text;
  const { tokens, open, failed } = read(source);
  if (failed) {
    // Something before cannot be read; what is typed may still be.
    const line = source.slice(source.lastIndexOf("\n") + 1);
    return line === source ? NOTHING : findPlace(line);
  }
  if (open === "text") return NOTHING;
  const before = new Before(source, tokens);
  if (open !== undefined) return before.inString(source.slice(open + 1));
  return before.atEnd();
}

interface TokensRead {
  readonly tokens: readonly Token[];
  /** Where the string begins in which the text ends; `text` when it ends in a comment, template or the like. */
  readonly open?: number | "text";
  readonly failed?: boolean;
}

function read(source: string): TokensRead {
  const tokens: Token[] = [];
  let open: "text" | undefined;
  try {
    const reader = tokenizer(source, {
      ecmaVersion: "latest",
      allowHashBang: true,
      onComment: (isBlock, _text, _start, end) => {
        if (!isBlock && end === source.length) open = "text";
      },
    });
    for (let token = reader.getToken(); token.type.label !== "eof"; token = reader.getToken())
      tokens.push(token);
    return open === undefined ? { tokens } : { tokens, open };
  } catch (error) {
    if (!(error instanceof SyntaxError) || !("pos" in error) || typeof error.pos !== "number") throw error;
    // A string must end on its line.
    if (error.message.startsWith("Unterminated string") && !source.slice(error.pos).includes("\n"))
      return { tokens, open: error.pos };
    if (/^Unterminated (?:template|comment|regular)/.test(error.message)) return { tokens, open: "text" };
    return { tokens, failed: true };
  }
}

/** A value that can be had without running anything. */
interface Operand {
  readonly root: PlaceRoot;
  readonly path: readonly string[];
  /** Index of its first token. */
  readonly first: number;
}

/** Reads tokens from the end. Calls are not run, so nothing is known behind one. */
class Before {
  /** For each closing token the index of the opening one. */
  private readonly partners = new Map<number, number>();

  constructor(
    private readonly source: string,
    private readonly tokens: readonly Token[],
  ) {
    const opened: number[] = [];
    tokens.forEach(({ type }, index) => {
      const { label } = type;
      const template = label === "`";
      const last = opened.at(-1);
      const closesTemplate = template && last !== undefined && tokens[last]?.type.label === "`";
      if (OPENING.has(label) || (template && !closesTemplate)) opened.push(index);
      else if (CLOSING.has(label) || closesTemplate) {
        const partner = opened.pop();
        if (partner !== undefined) this.partners.set(index, partner);
      }
    });
  }

  atEnd(): CompletionPlace {
    const last = this.tokens.length - 1;
    const token = this.tokens[last];
    if (token === undefined) return { kind: "name", prefix: "" };
    const touches = token.end === this.source.length;
    const isWord = this.isWord(last);
    if (touches && !isWord && NO_END.has(token.type.label)) return NOTHING;
    const prefix = touches && isWord ? this.text(last) : "";
    const before = prefix === "" ? last : last - 1;
    if (!this.isDot(before)) return { kind: "name", prefix };
    const operand = this.operand(before - 1);
    if (operand === undefined) return NOTHING;
    return { kind: "member", root: operand.root, path: operand.path, prefix, quoted: false };
  }

  /** `prefix` is what stands in the string so far. */
  inString(prefix: string): CompletionPlace {
    const last = this.tokens.length - 1;
    if (this.text(last) === "from" || this.text(last) === "import" || this.isLoading(last))
      return { kind: "module", prefix };
    if (this.type(last) !== "[" || prefix.includes("\\")) return NOTHING;
    const operand = this.operand(this.type(last - 1) === "?." ? last - 2 : last - 1);
    if (operand === undefined) return NOTHING;
    return { kind: "member", root: operand.root, path: operand.path, prefix, quoted: true };
  }

  private operand(last: number): Operand | undefined {
    const type = this.type(last);
    if (type === undefined) return undefined;
    if (this.isDot(last - 1) && this.isWord(last))
      return this.member(this.operand(last - 2), this.text(last));
    if (type === "name" || type === "this") return { root: { name: this.text(last) }, path: [], first: last };
    const literal = this.literalOf(last);
    if (literal !== undefined) return { root: { literal }, path: [], first: last };
    const first = this.partners.get(last);
    if (first === undefined) return undefined;
    if (type === "`")
      return this.endsOperand(first - 1) ? undefined : { root: { literal: "String" }, path: [], first };
    if (type === "]") return this.bracketed(first, last);
    if (type === ")") return this.parenthesised(first, last);
    // Elsewhere braces may be a block.
    return type === "}" && this.type(first - 1) === "("
      ? { root: { literal: "Object" }, path: [], first }
      : undefined;
  }

  private member(operand: Operand | undefined, name: string): Operand | undefined {
    return operand === undefined ? undefined : { ...operand, path: [...operand.path, name] };
  }

  private literalOf(index: number): LiteralClass | undefined {
    switch (this.type(index)) {
      case "string":
        return "String";
      case "num":
        return this.text(index).endsWith("n") ? "BigInt" : "Number";
      case "regexp":
        return "RegExp";
      case "true":
      case "false":
        return "Boolean";
      default:
        return undefined;
    }
  }

  /** `[1, 2]`, or the member `["name"]` or `[0]` of something. */
  private bracketed(first: number, last: number): Operand | undefined {
    const optional = this.type(first - 1) === "?.";
    if (!optional && !this.endsOperand(first - 1))
      return this.type(first - 1) === "}" ? undefined : { root: { literal: "Array" }, path: [], first };
    const key = last === first + 2 ? this.plainText(first + 1) : undefined;
    return key === undefined ? undefined : this.member(this.operand(first - (optional ? 2 : 1)), key);
  }

  /** `(value)`, `new Name()`, `require("name")`; other calls are not run. */
  private parenthesised(first: number, last: number): Operand | undefined {
    if (this.isLoading(first)) {
      const awaited = this.type(first - 1) !== "import" || this.text(first - 2) === "await";
      const module = awaited && last === first + 2 ? this.plainText(first + 1) : undefined;
      return module === undefined ? undefined : { root: { module }, path: [], first: first - 1 };
    }
    if (this.type(first - 1) === "?.") return undefined;
    if (this.endsOperand(first - 1)) {
      const called = this.operand(first - 1);
      if (called === undefined || this.type(called.first - 1) !== "new") return undefined;
      return { ...called, path: [...called.path, "prototype"], first: called.first - 1 };
    }
    const inner = this.operand(last - 1);
    const start = this.text(first + 1) === "await" ? first + 2 : first + 1;
    return inner?.first === start ? { ...inner, first } : undefined;
  }

  /** Whether the bracket at an index is that of `require(` or `import(`. */
  private isLoading(index: number): boolean {
    if (this.type(index) !== "(" || this.isDot(index - 2)) return false;
    return this.text(index - 1) === "require" || this.type(index - 1) === "import";
  }

  /** Whether a value may end here, so that what follows is its member, index, arguments or template. */
  private endsOperand(index: number): boolean {
    const type = this.type(index);
    if (type === undefined) return false;
    if (this.isDot(index - 1) && this.isWord(index)) return true;
    return OPERAND_END.has(type) && !(type === "name" && WORDS_BEFORE_VALUES.has(this.text(index)));
  }

  /** What a number or a string without escapes holds. */
  private plainText(index: number): string | undefined {
    const text = this.text(index);
    if (this.type(index) === "num") return text;
    return this.type(index) === "string" && !text.includes("\\") ? text.slice(1, -1) : undefined;
  }

  private isDot(index: number): boolean {
    const type = this.type(index);
    return type === "." || type === "?.";
  }

  private isWord(index: number): boolean {
    const type = this.tokens[index]?.type;
    return type?.label === "name" || type?.keyword !== undefined;
  }

  /** Label of a token, such as `name`, `(` or `import`. */
  private type(index: number): string | undefined {
    return this.tokens[index]?.type.label;
  }

  private text(index: number): string {
    const token = this.tokens[index];
    return token === undefined ? "" : this.source.slice(token.start, token.end);
  }
}

// By the labels of the tokens: the package is loaded when something is completed.
const OPENING: ReadonlySet<string> = new Set(["(", "[", "{", "${"]);
const CLOSING: ReadonlySet<string> = new Set([")", "]", "}"]);
/** Behind them no name begins without something in between. */
const NO_END: ReadonlySet<string> = new Set(["num", "string", "regexp", "privateId"]);
const OPERAND_END: ReadonlySet<string> = new Set([
  "name",
  "this",
  "super",
  "import",
  "string",
  "num",
  "regexp",
  "`",
  ")",
  "]",
]);
/** Names to the tokenizer, operators to the language. */
const WORDS_BEFORE_VALUES: ReadonlySet<string> = new Set(["await", "of", "yield"]);
