import type { MessagePort } from "node:worker_threads";
import { assertNever } from "../../../shared/model/assert-never";
import { serializeError } from "../../../shared/model/error";
import { ExecutionControl } from "../../vm/control";
import { createSessionRuntime, prepareEngine } from "../../vm/create-session-runtime";
import type { RunRequest, RuntimeSpec, SessionRuntime } from "../../vm/session-runtime";
import { EventRingWriter } from "./event-ring";
import type { FromHost, HostQuestionMessage, HostThreadData, ToHost } from "./protocol";

/**
 * The thread of one session: its runtime on one side, the supervisor's messages on the other. `makeCode` gives what this
 * thread has compiled of its own code.
 */
export function hostSession(port: MessagePort, data: HostThreadData, makeCode: () => Uint8Array): void {
  const control = new ExecutionControl(data.control);
  const send = (message: FromHost) => port.postMessage(message);
  const ring = new EventRingWriter(
    data.ring,
    () => send({ type: "events" }),
    (wait) => control.whileNotComputing(wait),
  );
  let runtime: SessionRuntime | undefined;
  const prepared = data.spare === undefined ? undefined : prepareEngine(data.spare, data.compiled);

  async function open(spec: RuntimeSpec): Promise<void> {
    try {
      const opened = await createSessionRuntime(spec, {
        control,
        compiled: data.compiled,
        trackProcess: (pid) => {
          send({ type: "process", pid, runs: true });
          return () => send({ type: "process", pid, runs: false });
        },
        prepared: await prepared,
      });
      runtime = opened;
      send({ type: "opened", memoryBytes: opened.memoryBytes() });
      // Now everything that every session needs is compiled.
      if (data.code === undefined) send({ type: "code", code: makeCode() });
    } catch (error) {
      send({ type: "openFailed", error: serializeError(error) });
    }
  }

  async function run(opened: SessionRuntime, request: RunRequest): Promise<void> {
    const outcome = await opened.run(request, (event) => ring.write(JSON.stringify(event)));
    send({ type: "finished", outcome, memoryBytes: opened.memoryBytes() });
  }

  async function answer(opened: SessionRuntime, message: HostQuestionMessage): Promise<void> {
    try {
      send({ type: "answer", id: message.id, answer: { value: await ask(opened, message) } });
    } catch (error) {
      send({ type: "answer", id: message.id, answer: { error: serializeError(error) } });
    }
  }

  port.on("message", (message: ToHost) => {
    if (message.type === "open") {
      void open(message.spec);
      return;
    }
    if (runtime === undefined) throw new Error(`The host was asked to ${message.type} before it was opened.`);
    switch (message.type) {
      case "run":
        if (control.mayRun(message.run)) void run(runtime, message.request);
        break;
      case "stop":
        runtime.stop();
        break;
      case "ask":
        void answer(runtime, message);
        break;
      default:
        assertNever(message);
    }
  });
}

function ask(runtime: SessionRuntime, message: HostQuestionMessage): unknown {
  switch (message.question) {
    case "getProperties":
      return runtime.getProperties(...message.args);
    case "invokeGetter":
      return runtime.invokeGetter(...message.args);
    case "releaseObjects":
      return runtime.releaseObjects(...message.args);
    case "complete":
      return runtime.complete(...message.args);
    case "checkInput":
      return runtime.checkInput(...message.args);
    case "dispose":
      return runtime.dispose();
    default:
      return assertNever(message);
  }
}
