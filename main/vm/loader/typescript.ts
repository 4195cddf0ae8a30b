import { TraceMap } from "@jridgewell/trace-mapping";
import { transform } from "sucrase";
import { unexpectedToken } from "./parse-error";
import { SourceSyntaxError } from "./syntax-error";

export interface Stripped {
  readonly code: string;
  readonly trace: TraceMap;
}

/** Takes the types out of TypeScript; lines stay where they are. Throws {@link SourceSyntaxError}. */
export function stripTypes(source: string, path: string): Stripped {
  try {
    const { code, sourceMap } = transform(source, {
      transforms: ["typescript"],
      disableESTransforms: true,
      // Decorators and the like are left to the engine.
      keepUnusedImports: false,
      production: true,
      filePath: path,
      sourceMapOptions: { compiledFilename: path },
    });
    refuseNamespaces(source, code, path);
    if (sourceMap === undefined) throw new Error("The compiler gave no source map.");
    const { version: _version, ...map } = sourceMap;
    return { code, trace: new TraceMap({ ...map, version: 3, names: map.names ?? [] }) };
  } catch (error) {
    if (error instanceof SourceSyntaxError) throw error;
    if (error instanceof RangeError)
      throw new SourceSyntaxError("The code is nested too deeply", path, { line: 1, column: 1 });
    throw asSyntaxError(error, source, path) ?? error;
  }
}

/** At the start of a statement outside of everything else, where alone TypeScript allows it. */
const NAMESPACE = /(?:^|;[ \t]*)(?:export[ \t]+)?(?:namespace|module)[ \t]+[A-Za-z_$][\w$.]*[ \t]*\{/gm;

/** sucrase drops a namespace with everything in it; what stays in the code stands in a text or a comment. */
function refuseNamespaces(source: string, code: string, path: string): void {
  const written = [...source.matchAll(NAMESPACE)];
  const kept = [...code.matchAll(NAMESPACE)];
  const lost = written.find(([text], index) => kept[index]?.[0] !== text);
  if (lost === undefined || written.length === kept.length) return;
  const start = lost.index + lost[0].search(/[^;\s]/);
  const before = source.slice(0, start);
  throw new SourceSyntaxError(
    "A namespace cannot run: types are only taken out. Use a module, or `declare namespace` for types alone",
    path,
    { line: before.split("\n").length, column: start - before.lastIndexOf("\n") },
  );
}

/** sucrase says `Error transforming a.ts: Unexpected token (3:7)`. */
function asSyntaxError(error: unknown, source: string, path: string): SourceSyntaxError | undefined {
  if (!(error instanceof Error)) return undefined;
  const found = /^(?:Error transforming [^:]*: )?([\s\S]*) \((\d+):(\d+)\)$/.exec(error.message);
  if (found === null) return undefined;
  const [line, column] = [Number(found[2]), Number(found[3])];
  const lines = source.split("\n");
  const offset = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1;
  const message = found[1] === "Unexpected token" ? unexpectedToken(source, offset) : found[1];
  return new SourceSyntaxError(message ?? "Invalid syntax", path, { line, column });
}
