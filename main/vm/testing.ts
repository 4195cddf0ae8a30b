import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ExecutionEvent } from "../../shared/model/event";
import type { ExecutionRequest } from "../../shared/model/execution";
import { templateSchema, type LibraryEntry, type TemplateInput } from "../../shared/model/template";
import type { AnyNativeModule } from "../modules/record";
import { checkModule } from "../modules/policy";
import { createRegistry, registry } from "../modules/registry";
import type { CompiledEngine } from "./engine/compile";
import { createSessionRuntime } from "./create-session-runtime";
import type { ExecutionOutcome, RunRequest } from "./session-runtime";
import type { Session } from "./session";

export interface TestSessionOptions {
  /** Enabled native modules and their configurations, defaults filled in. */
  readonly modules?: NonNullable<TemplateInput["modules"]>;
  readonly libraries?: readonly LibraryEntry[];
  readonly template?: Partial<Omit<TemplateInput, "modules" | "libraries">>;
  /** Files of the workspace, by relative path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Module records besides those of the application's registry; a record of the same name replaces it. */
  readonly records?: readonly AnyNativeModule[];
  /** What the engine is made from; that of the application if left out. */
  readonly compiled?: CompiledEngine;
}

export interface TestSession {
  /** Runs a script, as a file of the workspace that is not saved: `require`, `module`, completion value. */
  run(code: string): Promise<ExecutionOutcome>;
  runFile(path: string, inputs?: Pick<ExecutionRequest, "args" | "env">): Promise<ExecutionOutcome>;
  repl(code: string): Promise<ExecutionOutcome>;
  execute(request: RunRequest): Promise<ExecutionOutcome>;
  /** Events of the last execution. */
  readonly events: readonly ExecutionEvent[];
  /** Console lines of the last execution. */
  readonly lines: readonly string[];
  readonly workspaceRoot: string;
  readonly runtime: Session;
  /**
   * Ends the session, frees the engine and removes the workspace. Fails when a value of the engine leaked; leave out the
   * check with `{ leaks: "ignore" }` after runs that were stopped by force, whose leftovers nobody can free.
   */
  dispose(options?: { readonly leaks: "ignore" }): Promise<void>;
}

/** A real session on real QuickJS with real native modules, in this process and in a workspace of its own. */
export async function openTestSession(options: TestSessionOptions = {}): Promise<TestSession> {
  const workspaceRoot = realpathSync(mkdtempSync(join(tmpdir(), "vm-workbench-test-")));
  for (const [path, content] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(workspaceRoot, path)), { recursive: true });
    writeFileSync(join(workspaceRoot, path), content);
  }
  const replaced = new Set(options.records?.map((record) => record.name));
  const modules = createRegistry([
    ...registry.list().filter((record) => !replaced.has(record.name)),
    ...(options.records ?? []),
  ]);
  const template = templateSchema.parse({
    id: randomUUID(),
    name: "Test",
    ...options.template,
    modules: Object.fromEntries(
      Object.entries(options.modules ?? {}).map(([name, config]) => [
        name,
        modules.find(name) === undefined ? config : checkModule(name, config, modules).config,
      ]),
    ),
    libraries: options.libraries ?? [],
  });
  const runtime = await createSessionRuntime(
    { sessionId: randomUUID(), template, workspaceRoot },
    { registry: modules, ...(options.compiled === undefined ? {} : { compiled: options.compiled }) },
  );
  let events: ExecutionEvent[] = [];
  const execute = (request: RunRequest): Promise<ExecutionOutcome> => {
    const collected: ExecutionEvent[] = [];
    events = collected;
    return runtime.run(request, (event) => collected.push(event));
  };
  return {
    run: (code) => execute({ kind: "runFile", path: "test.js", source: code }),
    runFile: (path, inputs = {}) => execute({ kind: "runFile", path, ...inputs }),
    repl: (code) => execute({ kind: "repl", source: code }),
    execute,
    get events() {
      return events;
    },
    get lines() {
      return events.flatMap((event) => (event.type === "console" ? [event.payload.text] : []));
    },
    workspaceRoot,
    runtime,
    async dispose(how) {
      await runtime.dispose();
      rmSync(workspaceRoot, { recursive: true, force: true });
      if (how?.leaks !== "ignore") runtime.disposeEngine();
    },
  };
}
