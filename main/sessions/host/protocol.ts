import type { SerializedError } from "../../../shared/model/error";
import type { Limits } from "../../../shared/model/template";
import type { PropertyPreview, ValuePreview } from "../../../shared/model/value";
import type { CompiledEngine } from "../../vm/engine/compile";
import type {
  LiveCompletions,
  ExecutionOutcome,
  InputState,
  RunRequest,
  RuntimeSpec,
} from "../../vm/session-runtime";

/** What a host thread is started with. */
export interface HostThreadData {
  /** Memory of the {@link import("../../vm/control").ExecutionControl}. */
  readonly control: SharedArrayBuffer;
  /** Memory of the event ring. */
  readonly ring: SharedArrayBuffer;
  readonly compiled: CompiledEngine;
  /** The host's own code as an earlier thread has compiled it. */
  readonly code?: Uint8Array;
  /** For a spare, which learns later whose session it hosts: limits of the engine that it prepares meanwhile. */
  readonly spare?: Pick<Limits, "memoryMb" | "stackKb">;
}

/** Questions about a live session, beside its executions. */
export interface HostQuestions {
  getProperties: { args: [objectId: string, start?: number, count?: number]; answer: PropertyPreview[] };
  invokeGetter: { args: [objectId: string, name: string]; answer: ValuePreview };
  releaseObjects: { args: [objectIds: readonly string[]]; answer: undefined };
  complete: { args: [source: string, cursor: number]; answer: LiveCompletions };
  checkInput: { args: [source: string]; answer: InputState };
  dispose: { args: []; answer: undefined };
}
export type HostQuestion = keyof HostQuestions;

/** Any question with its arguments, as it travels. */
export type HostQuestionMessage = {
  [Name in HostQuestion]: {
    readonly type: "ask";
    readonly id: number;
    readonly question: Name;
    readonly args: HostQuestions[Name]["args"];
  };
}[HostQuestion];

/**
 * Supervisor → host. Stop is a word in shared memory as well: a computing thread reads no messages. A run begins when its
 * number is permitted: see `ExecutionControl`.
 */
export type ToHost =
  | { readonly type: "open"; readonly spec: RuntimeSpec }
  | { readonly type: "run"; readonly run: number; readonly request: RunRequest }
  | { readonly type: "stop" }
  | HostQuestionMessage;

/** Host → supervisor. Events do not travel as messages but in the ring. */
export type FromHost =
  | { readonly type: "opened"; readonly memoryBytes: number }
  | { readonly type: "openFailed"; readonly error: SerializedError }
  /** Compiled code for later threads; from a thread that got none. */
  | { readonly type: "code"; readonly code: Uint8Array }
  /** A process of the session runs, or has ended: the supervisor ends it when the thread is gone. */
  | { readonly type: "process"; readonly pid: number; readonly runs: boolean }
  /** Much has gathered in the ring. */
  | { readonly type: "events" }
  | { readonly type: "finished"; readonly outcome: ExecutionOutcome; readonly memoryBytes: number }
  | {
      readonly type: "answer";
      readonly id: number;
      readonly answer: { readonly value: unknown } | { readonly error: SerializedError };
    };
