import { randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { Worker } from "node:worker_threads";
import { afterEach, expect, it } from "vitest";
import { templateSchema } from "../../../shared/model/template";
import { assetPath } from "../../core/assets";
import { ExecutionControl } from "../../vm/control";
import { compileEngine } from "../../vm/engine/compile";
import { completeTemplate } from "../complete-template";
import { createRingBuffer } from "./event-ring";
import type { FromHost, HostThreadData, ToHost } from "./protocol";

const workers: Worker[] = [];
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

/** Starts a host with what another has compiled, runs `1 + 1` in it, and gives all its messages up to the result. */
async function messagesOf(code: Uint8Array | undefined): Promise<FromHost[]> {
  const control = new ExecutionControl();
  const workerData: HostThreadData = {
    control: control.buffer,
    ring: createRingBuffer(),
    compiled: await compileEngine(),
    ...(code === undefined ? {} : { code }),
  };
  const worker = new Worker(assetPath("main", "session-host.cjs"), { workerData, execArgv: [] });
  workers.push(worker);
  const send = (message: ToHost) => worker.postMessage(message);
  const messages: FromHost[] = [];
  const template = completeTemplate(templateSchema.parse({ id: randomUUID(), name: "Code" }));
  send({ type: "open", spec: { sessionId: randomUUID(), workspaceRoot: tmpdir(), template } });
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", (message: FromHost) => {
      messages.push(message);
      if (message.type === "finished") resolve(messages);
      if (message.type === "openFailed") reject(new Error(message.error.message));
      if (message.type !== "opened") return;
      const run = control.announce();
      send({ type: "run", run, request: { kind: "repl", source: "1 + 1" } });
      control.permit(run);
    });
  });
}

function codeIn(messages: readonly FromHost[]): Uint8Array | undefined {
  return messages.flatMap((message) => (message.type === "code" ? [message.code] : []))[0];
}

it("the first session host gives its compiled code, with which others begin", async () => {
  const code = codeIn(await messagesOf(undefined));
  if (code === undefined) throw new Error("The first host gave no code.");
  const messages = await messagesOf(code);
  expect(codeIn(messages)).toBeUndefined();
  expect(messages.at(-1)).toMatchObject({ outcome: { status: "ok", result: { preview: "2" } } });
});

it("a session host that gets code of something else compiles its own", async () => {
  for (const code of [randomBytes(1000), new Uint8Array(0)]) {
    const messages = await messagesOf(code);
    expect(messages.at(-1)).toMatchObject({ outcome: { status: "ok", result: { preview: "2" } } });
  }
});
