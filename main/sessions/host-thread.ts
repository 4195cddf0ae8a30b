import { Worker } from "node:worker_threads";
import { assertNever } from "../../shared/model/assert-never";
import { deserializeError, WorkbenchError } from "../../shared/model/error";
import { assetPath } from "../core/assets";
import { markOf } from "../modules/exec/process-list";
import { endFamily } from "../modules/exec/process-tree";
import { ExecutionControl } from "../vm/control";
import type { CompiledEngine } from "../vm/engine/compile";
import type { ExecutionOutcome, RunRequest, RuntimeSpec } from "../vm/session-runtime";
import { createRingBuffer, EventRingReader } from "./host/event-ring";
import type {
  FromHost,
  HostQuestion,
  HostQuestionMessage,
  HostQuestions,
  HostThreadData,
  ToHost,
} from "./host/protocol";

/** How a run left the host: with its outcome, or because the thread itself ended. */
export type RunEnd =
  | { readonly kind: "finished"; readonly outcome: ExecutionOutcome; readonly memoryBytes: number }
  | { readonly kind: "lost"; readonly error: Error | undefined };

/** A request that a host has received and does not run yet. Either permitted or withdrawn, once. */
export interface AnnouncedRun {
  permit(): void;
  withdraw(): void;
  /**
   * How the permitted run ends; asked for in the same turn of the event loop. `onUrgent` is called when many events wait
   * in the ring. Never rejects.
   */
  end(onUrgent: () => void): Promise<RunEnd>;
}

/** With 8 MB every deep recursion inside the engine stays a catchable error; the default aborts the engine. */
const STACK_MB = 8;
/** JavaScript heap of the host itself; scripts live in the engine's memory, which has its own cap. */
const HEAP_MB = 512;
/** Of that heap, what is young: V8's own 48 MB let an idle session keep a megabyte that it does not need. */
const YOUNG_HEAP_MB = 2;
/** A healthy host opens in 10 to 60 ms, on a busy machine in some hundreds. */
const OPEN_TIMEOUT_MS = 15_000;

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

/** The host's code as the first thread of the process has compiled it. */
let hostCode: Uint8Array | undefined;

/** A copy that threads share instead of getting one each. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** The supervisor's handle of one session host thread. */
export class HostThread {
  readonly control = new ExecutionControl();
  /** Resolves when the thread has ended, with the error that ended it, if it was one. Never rejects. */
  readonly ended: Promise<Error | undefined>;

  private readonly ring = createRingBuffer();
  private readonly reader = new EventRingReader(this.ring);
  private readonly worker: Worker;
  private readonly questions = new Map<number, Waiting<unknown>>();
  private lastQuestion = 0;
  private opening: Waiting<number> | undefined;
  private running: ((end: RunEnd) => void) | undefined;
  private hasEnded = false;
  private error: Error | undefined;
  private onUrgent: (() => void) | undefined;
  /** Processes that the session started and that still run. */
  private readonly processes = new Set<number>();
  private sessionId: string | undefined;

  /** `spare`: limits of the engine that the thread prepares before it knows its session. */
  constructor(compiled: CompiledEngine, spare?: HostThreadData["spare"]) {
    const workerData: HostThreadData = {
      control: this.control.buffer,
      ring: this.ring,
      compiled,
      ...(hostCode === undefined ? {} : { code: hostCode }),
      ...(spare === undefined ? {} : { spare }),
    };
    this.worker = new Worker(assetPath("main", "session-host.cjs"), {
      workerData,
      // Flags of the surrounding process (a debugger, a test runner's loader) are not for this thread.
      execArgv: [],
      resourceLimits: {
        stackSizeMb: STACK_MB,
        maxOldGenerationSizeMb: HEAP_MB,
        maxYoungGenerationSizeMb: YOUNG_HEAP_MB,
      },
    });
    this.worker.on("message", (message: FromHost) => this.receive(message));
    this.worker.on("error", (error: unknown) => {
      this.error = error instanceof Error ? error : new Error(String(error));
    });
    this.ended = new Promise((resolve) => {
      this.worker.on("exit", () => {
        this.hasEnded = true;
        void this.endProcesses();
        this.settleEverything();
        resolve(this.error);
      });
    });
  }

  /** Whether the process may exit although this thread exists: so for spares and idle sessions. */
  keepsProcessAlive(keeps: boolean): void {
    if (keeps) this.worker.ref();
    else this.worker.unref();
  }

  /** Makes the runtime. Gives its memory in bytes; throws what making it threw, or `ENGINE_CRASHED`. */
  async open(spec: RuntimeSpec): Promise<number> {
    if (this.hasEnded) throw this.lost();
    this.sessionId = spec.sessionId;
    this.keepsProcessAlive(true);
    const opened = new Promise<number>((resolve, reject) => {
      this.opening = { resolve, reject };
    });
    // A failing instantiation of the engine may never settle.
    const timer = setTimeout(() => void this.terminate(), OPEN_TIMEOUT_MS);
    this.send({ type: "open", spec });
    try {
      return await opened;
    } finally {
      clearTimeout(timer);
      this.keepsProcessAlive(false);
    }
  }

  /** Sends a request ahead, so that the thread wakes up; it begins when it is permitted, and not otherwise. */
  announce(request: RunRequest): AnnouncedRun {
    const run = this.control.announce();
    this.send({ type: "run", run, request });
    return {
      permit: () => this.control.permit(run),
      withdraw: () => this.control.withdraw(run),
      end: (onUrgent) => this.endOfRun(onUrgent),
    };
  }

  /** Asks the running execution to stop; idempotent. */
  requestStop(): void {
    this.control.requestStop();
    this.send({ type: "stop" });
  }

  /** Lines of JSON text, one per event, since the last call. Works after the thread's end too. */
  readEvents(): string | undefined {
    return this.reader.read();
  }

  /** Asks something about the live runtime. Throws its error, or `SESSION_NOT_READY` when the thread ends first. */
  ask<Name extends HostQuestion>(
    question: Name,
    ...args: HostQuestions[Name]["args"]
  ): Promise<HostQuestions[Name]["answer"]> {
    if (this.hasEnded) return Promise.reject(this.lost());
    const id = ++this.lastQuestion;
    const answer = new Promise<unknown>((resolve, reject) => this.questions.set(id, { resolve, reject }));
    // Name and arguments belong together by this method's signature; the compiler cannot follow the union.
    this.send({ type: "ask", id, question, args } as HostQuestionMessage);
    // The host answers each question with its own type: see `HostQuestions`.
    return answer as Promise<HostQuestions[Name]["answer"]>;
  }

  /** Ends the thread, whatever it does; resolves when it has ended (2 to 7 ms). Idempotent. */
  async terminate(): Promise<void> {
    if (!this.hasEnded) await this.worker.terminate();
    await this.ended;
  }

  private async endOfRun(onUrgent: () => void): Promise<RunEnd> {
    if (this.hasEnded) return { kind: "lost", error: this.error };
    this.onUrgent = onUrgent;
    this.keepsProcessAlive(true);
    const end = new Promise<RunEnd>((resolve) => {
      this.running = resolve;
    });
    try {
      return await end;
    } finally {
      this.onUrgent = undefined;
      this.keepsProcessAlive(false);
    }
  }

  private send(message: ToHost): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromHost): void {
    switch (message.type) {
      case "opened":
        this.opening?.resolve(message.memoryBytes);
        this.opening = undefined;
        break;
      case "openFailed":
        this.opening?.reject(deserializeError(message.error));
        this.opening = undefined;
        break;
      case "code":
        hostCode ??= shared(message.code);
        break;
      case "process":
        if (message.runs) this.processes.add(message.pid);
        else this.processes.delete(message.pid);
        break;
      case "events":
        this.onUrgent?.();
        break;
      case "finished": {
        const { outcome, memoryBytes } = message;
        this.endRun({ kind: "finished", outcome, memoryBytes });
        break;
      }
      case "answer": {
        const waiting = this.questions.get(message.id);
        this.questions.delete(message.id);
        if ("error" in message.answer) waiting?.reject(deserializeError(message.answer.error));
        else waiting?.resolve(message.answer.value);
        break;
      }
      default:
        assertNever(message);
    }
  }

  private endRun(end: RunEnd): void {
    const resolve = this.running;
    this.running = undefined;
    resolve?.(end);
  }

  private settleEverything(): void {
    this.endRun({ kind: "lost", error: this.error });
    this.opening?.reject(this.lost());
    this.opening = undefined;
    for (const waiting of this.questions.values()) waiting.reject(this.lost());
    this.questions.clear();
  }

  /** A thread that was terminated could not end its processes itself. */
  private async endProcesses(): Promise<void> {
    if (this.processes.size === 0 || this.sessionId === undefined) return;
    const leaders = new Set(this.processes);
    this.processes.clear();
    await endFamily({ mark: markOf(this.sessionId), leaders });
  }

  private lost(): WorkbenchError {
    const reason = this.error === undefined ? "" : `: ${this.error.message}`;
    return new WorkbenchError(
      "ENGINE_CRASHED",
      `The engine of this session has ended${reason}. Restart the session.`,
    );
  }
}
