import type { ExecutionError, ExecutionEvent } from "../../shared/model/event";
import type { ExecutionRequest, ExecutionStatus, Metrics, StopOutcome } from "../../shared/model/execution";
import type { Template } from "../../shared/model/template";
import type { PropertyPreview, ValuePreview } from "../../shared/model/value";
import type { Completion, LiveCompletions } from "./completion-item";
import type { ExecutionControl } from "./control";
import type { CompiledEngine } from "./engine/compile";

export type { Completion, LiveCompletions };

/** Everything that a session's runtime is made from. Plain data: it travels to a worker thread as it is. */
export interface RuntimeSpec {
  readonly sessionId: string;
  /** Snapshot of the template; module configurations are validated and complete. */
  readonly template: Template;
  /** Real, absolute path of the workspace. */
  readonly workspaceRoot: string;
}

/**
 * What the surroundings of a runtime provide: `createSessionRuntime(spec, surroundings)`. All of it may be left out, as
 * unit tests do.
 */
export interface RuntimeSurroundings {
  /** Stop word and compute clock shared with the supervising thread. */
  readonly control?: ExecutionControl;
  /** What engines are made from, once for all threads. */
  readonly compiled?: CompiledEngine;
  /** See `HostContext.trackProcess`. Left out where nobody terminates the thread. */
  readonly trackProcess?: (pid: number) => () => void;
}

/** How one execution ended. Running code never throws at the host: failure is data here. */
export interface ExecutionOutcome {
  readonly status: Exclude<ExecutionStatus, "running">;
  readonly result?: ValuePreview;
  readonly error?: ExecutionError;
  readonly metrics: Metrics;
  readonly stop?: StopOutcome;
}

/** What to run, as the runtime sees it: also startup files, in their mode. */
export type RunRequest =
  | ExecutionRequest
  | {
      readonly kind: "startup";
      readonly path: string;
      readonly mode: "eval" | "import";
      /** Text of the file when the caller has read it already: what is stored is what ran. */
      readonly source?: string;
    };

/** Result of looking at REPL input before it runs. */
export type InputState =
  | { readonly state: "complete" }
  | { readonly state: "incomplete" }
  | { readonly state: "invalid"; readonly message: string };

/**
 * One live JavaScript runtime with its console, event loop, resolver and native modules. The same class runs inside
 * a session's worker thread and, in unit tests, in process; it knows no thread and no storage.
 */
export interface SessionRuntime {
  /**
   * Runs one request to its end. `emit` gets the events in order, `seq` counting from 1.
   * Never rejects; one at a time (the caller guarantees it).
   */
  run(request: RunRequest, emit: (event: ExecutionEvent) => void): Promise<ExecutionOutcome>;
  /** Asks the running execution to stop; idempotent, harmless when nothing runs. */
  stop(): void;
  /** Properties of an object that a preview named, `start`/`count` for long lists; runs no getter. */
  getProperties(objectId: string, start?: number, count?: number): PropertyPreview[];
  /** Runs one getter on request and previews what it gives. */
  invokeGetter(objectId: string, name: string): ValuePreview;
  releaseObjects(objectIds: readonly string[]): void;
  /** Completions at the cursor from live values; never runs user code. */
  complete(source: string, cursor: number): LiveCompletions;
  checkInput(source: string): InputState;
  memoryBytes(): number;
  /** Releases the native modules' host halves. The VM itself is thrown away with its thread. */
  dispose(): Promise<void>;
}
