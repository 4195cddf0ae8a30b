import { TraceMap } from "@jridgewell/trace-mapping";
import { transform } from "sucrase";
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
    if (sourceMap === undefined) throw new Error("The compiler gave no source map.");
    const { version: _version, ...map } = sourceMap;
    return { code, trace: new TraceMap({ ...map, version: 3, names: map.names ?? [] }) };
  } catch (error) {
    throw asSyntaxError(error, path) ?? error;
  }
}

/** sucrase says `Error transforming a.ts: Unexpected token (3:7)`. */
function asSyntaxError(error: unknown, path: string): SourceSyntaxError | undefined {
  if (!(error instanceof Error)) return undefined;
  const found = /^(?:Error transforming [^:]*: )?([\s\S]*) \((\d+):(\d+)\)$/.exec(error.message);
  if (found === null) return undefined;
  return new SourceSyntaxError(found[1] ?? "Invalid syntax", path, {
    line: Number(found[2]),
    column: Number(found[3]),
  });
}
