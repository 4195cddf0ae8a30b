import { WorkbenchError } from "../../../shared/model/error";
import type { Completion, Engine, Handle } from "../engine/engine";
import type { GuestHandles } from "../host/guest";
import type { ModuleLoading } from "../host/module-loading";
import type { Source } from "../loader/sources";
import type { WorkspaceFiles } from "../loader/workspace-files";
import { rewriteReplInput, type Declarations } from "../repl/rewrite";
import type { RunRequest } from "../session-runtime";
import type { GuestCalls } from "./guest-calls";

/** What running a request gave: its value, which may be a promise, or what it threw. */
export type Started = { readonly value: Handle; readonly namespace: boolean } | { readonly thrown: Handle };

export interface StarterParts {
  readonly engine: Engine;
  readonly guest: () => GuestHandles;
  readonly calls: GuestCalls;
  readonly files: WorkspaceFiles;
  readonly modules: ModuleLoading;
  readonly typescript: boolean;
}

/** Makes the engine run what a request names. */
export class Starter {
  private replInputs = 0;
  /** Names that scripts in global scope have declared with `const`. */
  private readonly constants = new Set<string>();

  constructor(private readonly parts: StarterParts) {}

  /** Throws `FILE_NOT_FOUND`, `INVALID_PATH`, `INVALID_REQUEST`, and a `SyntaxError` for what cannot be compiled. */
  start(request: RunRequest): Started {
    this.setInputs(request);
    switch (request.kind) {
      case "repl":
        return this.repl(request.source);
      case "runFile":
        return this.file(request.path, request.source, request.lineOffset ?? 0);
      case "startup":
        return this.startup(request);
    }
  }

  private file(path: string, text: string | undefined, lineOffset: number): Started {
    const { engine, guest, calls, files, modules } = this.parts;
    const normal = files.normalize(path);
    // A text that is not saved yet may have no file; what stands there must still be inside the workspace.
    const standing = files.standing(normal);
    if (standing === "directory")
      throw new WorkbenchError("INVALID_PATH", `The path "${path}" is a folder.`, { path });
    calls.tell(guest().forgetFiles);
    modules.forgetFiles();
    const source = modules.sources.main(normal, text, lineOffset);
    if (source.format === "esm") return this.module(source);
    const compiled = engine.evalScript(source.code, normal, { strict: modules.isStrict(normal) });
    if (!compiled.ok) return { thrown: compiled.error };
    const result = engine.call(guest().runMain, compiled.value, normal);
    compiled.value.dispose();
    return started(result);
  }

  private startup(request: Extract<RunRequest, { kind: "startup" }>): Started {
    const { engine, guest, files, modules } = this.parts;
    const normal = files.normalize(request.path);
    const { source, declares } = modules.sources.script(normal, request.source, this.constants);
    if (source.format === "esm") return this.module(source);
    if (request.mode === "import") {
      modules.sources.forgetFile(normal);
      return started(engine.call(guest().loadModule, source.format, normal));
    }
    this.declare(declares);
    return started(engine.evalScript(source.code, normal, { strict: modules.isStrict(normal) }));
  }

  private module({ code, path }: Source): Started {
    const { engine, modules } = this.parts;
    const namespace = engine.evalModule(code, modules.fileKey(path));
    return namespace.ok ? { value: namespace.value, namespace: true } : { thrown: namespace.error };
  }

  private repl(text: string): Started {
    const { engine, modules, typescript } = this.parts;
    const path = `repl:${++this.replInputs}`;
    const { source, isFunction, declares } = rewriteReplInput(text, path, typescript, this.constants);
    modules.sources.note(source);
    this.declare(declares);
    const value = engine.evalScript(source.code, path, { strict: false });
    if (!isFunction || !value.ok) return started(value);
    const called = engine.call(value.value);
    value.value.dispose();
    return started(called);
  }

  private declare({ names, constants }: Declarations): void {
    if (names.length > 0) this.parts.calls.tell(this.parts.guest().declareGlobals, names.join(","));
    for (const name of constants) this.constants.add(name);
  }

  private setInputs(request: RunRequest): void {
    if (request.kind === "startup") return;
    this.parts.calls.tell(
      this.parts.guest().setInputs,
      request.args === undefined ? "" : JSON.stringify(request.args),
      JSON.stringify(request.env ?? {}),
    );
  }
}

function started(completion: Completion): Started {
  return completion.ok ? { value: completion.value, namespace: false } : { thrown: completion.error };
}
