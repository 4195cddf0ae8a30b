import { posix } from "node:path";
import { pathToFileURL } from "node:url";
import type { Program } from "acorn";
import { WorkbenchError } from "../../../shared/model/error";
import { keepCompletionValue, VALUE_NAME } from "./completion-value";
import { declaredFormat, formatOfSyntax, parseCommonJs, parseModule, tryParse, type Format } from "./format";
import { answerNodeEnv } from "./node-env";
import { fillMeta } from "./import-meta";
import { toOriginal, type Position, type PositionMap } from "./positions";
import { redeclarable, type Declarations, type GlobalScript } from "../repl/rewrite";
import { unlessTooDeep } from "./too-deep";
import { stripTypes } from "./typescript";
import type { WorkspaceFiles } from "./workspace-files";

const TYPESCRIPT = /\.[mc]?ts$/;
/** Larger scripts run as they are: parsing them here could not be interrupted, and their value is nobody's aim. */
const MAX_PARSED = 2 * 1024 * 1024;
const FUNCTION_HEAD = "(function (exports, require, module, __filename, __dirname) {";

/** A text that the engine has been given, and how its positions lead back to what the user wrote. */
export interface Source {
  readonly path: string;
  readonly format: Format;
  /** The text as the user wrote it; of a selection, that part only. */
  readonly original: string;
  /** The text as JavaScript: types stripped, nothing put in. */
  readonly text: string;
  /** What the engine runs. */
  readonly code: string;
  /** Whether the code leaves its completion value in {@link VALUE_NAME}. */
  readonly hasValue: boolean;
  /** See {@link fillMeta}. */
  readonly asksForMetaLater?: boolean;
  readonly map: PositionMap;
}

/** Scripts as the engine gets them, remembered so that errors can be led back to the text. */
export class SourceStore {
  private readonly sources = new Map<string, Source>();

  constructor(
    private readonly files: WorkspaceFiles,
    private readonly options: { readonly typescript: boolean },
  ) {}

  /** The module at a path in normal form. Throws `FILE_NOT_FOUND`, `INVALID_PATH`, {@link SourceSyntaxError}. */
  module(path: string): Source {
    const known = this.sources.get(path);
    if (known !== undefined) return known;
    const original = this.files.read(path);
    const text = clean(original);
    const { code, map } = this.strip(text, path);
    const format = this.formatOf(path, code);
    return this.remember(
      format === "json"
        ? { path, format, original, text: code, code, hasValue: false, map }
        : this.wrap(path, original, answerNodeEnv(path, code, format), format, map),
    );
  }

  format(path: string): Format {
    return this.sources.get(path)?.format ?? declaredFormat(path, this.files) ?? this.module(path).format;
  }

  /** The script to run: keeps its completion value. `text` replaces what is in the file. */
  main(path: string, text: string | undefined, lineOffset: number): Source {
    const original = text ?? this.files.read(path);
    const { code, map } = this.strip(clean(original), path, lineOffset);
    const format = this.formatOf(path, code);
    if (format === "json")
      throw new WorkbenchError("INVALID_REQUEST", `${path} holds data and cannot be run.`, { path });
    const program = code.length > MAX_PARSED ? undefined : tryParse(() => parseAs(format, code));
    const kept = program === undefined ? undefined : unlessTooDeep(() => keepCompletionValue(code, program));
    if (kept === undefined || !kept.hasValue)
      return this.remember(this.wrap(path, original, code, format, map));
    // Behind the last line, where no position moves. `var` is hoisted, so the assignments before it find it. A module
    // hands its value over instead of exporting it: whoever imports its namespace, itself included, sees its own names only.
    const tail =
      format === "esm"
        ? `\n;var ${VALUE_NAME}; __vmModule("value", ${VALUE_NAME});`
        : `\n;return ${VALUE_NAME}; var ${VALUE_NAME};`;
    const source = this.wrap(path, original, kept.code + tail, format, {
      ...map,
      insertions: kept.insertions,
    });
    return this.remember({ ...source, text: code, hasValue: true });
  }

  /** A script that runs in global scope, such as a startup file. `constants`: names that nothing may be assigned to. */
  script(path: string, text: string | undefined, constants: ReadonlySet<string>): GlobalScript {
    const original = text ?? this.files.read(path);
    const { code, map } = this.strip(clean(original), path);
    const format = this.formatOf(path, code);
    const nothing: Declarations = { names: [], constants: [] };
    if (format === "esm")
      return {
        source: this.remember(this.wrap(path, original, code, format, map)),
        isFunction: false,
        declares: nothing,
      };
    const program = code.length > MAX_PARSED ? undefined : tryParse(() => parseCommonJs(code));
    const global =
      program === undefined ? undefined : unlessTooDeep(() => redeclarable(code, program, constants));
    const source = this.remember({
      path,
      format,
      original,
      text: code,
      code: global?.code ?? code,
      hasValue: false,
      map: { ...map, insertions: global?.insertions },
    });
    return { source, isFunction: false, declares: global?.declares ?? nothing };
  }

  /** Code without a file, such as REPL input. */
  note(source: Source): void {
    this.sources.set(source.path, source);
  }

  /** Everything that the engine has been given since the files were forgotten. */
  all(): Iterable<Source> {
    return this.sources.values();
  }

  find(path: string): Source | undefined {
    return this.sources.get(path);
  }

  position(path: string, position: Position): Position {
    const source = this.sources.get(path);
    return source === undefined ? position : toOriginal(source.map, position);
  }

  forgetFile(path: string): void {
    this.sources.delete(path);
  }

  /** Whether code in one of the ES modules may ask the engine for `import.meta` when its module has run. */
  someAskForMetaLater(): boolean {
    return [...this.sources.values()].some(({ asksForMetaLater }) => asksForMetaLater === true);
  }

  /** Forgets the workspace's files, so that they are read anew. */
  forgetFiles(): void {
    this.sources.clear();
  }

  private strip(text: string, path: string, lineOffset = 0): { code: string; map: PositionMap } {
    if (!TYPESCRIPT.test(path)) return { code: text, map: { prefix: 0, lineOffset } };
    if (!this.options.typescript) {
      throw new WorkbenchError(
        "INVALID_REQUEST",
        `${path} is TypeScript, and the template does not run TypeScript (runtime.typescript).`,
        { path },
      );
    }
    try {
      const { code, trace } = stripTypes(text, path);
      return { code, map: { prefix: 0, lineOffset, trace } };
    } catch (error) {
      // For the report: the place is known already, only the text is wanted.
      this.remember({
        path,
        format: "esm",
        original: text,
        text: "",
        code: "",
        hasValue: false,
        map: { prefix: 0, lineOffset: 0 },
      });
      throw error;
    }
  }

  private formatOf(path: string, code: string): Format {
    return declaredFormat(path, this.files) ?? formatOfSyntax(code);
  }

  private wrap(path: string, original: string, code: string, format: Format, map: PositionMap): Source {
    const filename = this.files.absolute(path);
    const meta =
      format === "esm"
        ? fillMeta(code, {
            url: pathToFileURL(filename).href,
            filename,
            dirname: this.files.absolute(posix.dirname(path) === "." ? "" : posix.dirname(path)),
          })
        : { head: FUNCTION_HEAD, code, asksLater: false };
    const tail = format === "esm" ? "" : "\n})";
    return {
      path,
      format,
      original,
      text: code,
      code: meta.head + meta.code + tail,
      hasValue: false,
      asksForMetaLater: meta.asksLater,
      map: { ...map, prefix: meta.head.length },
    };
  }

  private remember(source: Source): Source {
    this.sources.set(source.path, source);
    return source;
  }
}

function parseAs(format: Format, code: string): Program {
  return format === "esm" ? parseModule(code) : parseCommonJs(code);
}

/** Without byte order mark; a `#!` line becomes a comment, because a function's body cannot start with it. */
function clean(text: string): string {
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return body.startsWith("#!") ? `//${body.slice(2)}` : body;
}
