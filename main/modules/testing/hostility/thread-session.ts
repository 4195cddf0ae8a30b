import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { eventSchema } from "../../../../shared/model/event";
import { moduleConfigSchema, templateSchema, type TemplateInput } from "../../../../shared/model/template";
import { HostThread } from "../../../sessions/host-thread";
import { compileEngine } from "../../../vm/engine/compile";
import type { ExecutionOutcome } from "../../../vm/session-runtime";
import type { AnyNativeModule } from "../../record";
import { makeWorkspace } from "../host-context";
import { SAMPLE_FILES } from "../sample-files";

let compiled: ReturnType<typeof compileEngine> | undefined;

/**
 * A session in a thread of its own, with the stack that real ones have: in the test's own thread deep recursion of the
 * engine would overflow the host's stack first.
 */
export interface ThreadSession {
  /** Console lines, and the outcome; `undefined` when the thread ended instead. */
  run(
    code: string,
  ): Promise<{ readonly outcome: ExecutionOutcome | undefined; readonly lines: readonly string[] }>;
  dispose(): Promise<void>;
}

/** A session in a thread of its own with one module, configured as its example is; `dispose` ends the thread. */
export async function openThreadSession(
  record: AnyNativeModule,
  limits: NonNullable<TemplateInput["limits"]>,
): Promise<ThreadSession> {
  compiled ??= compileEngine();
  const workspace = makeWorkspace();
  for (const [path, content] of Object.entries(SAMPLE_FILES)) {
    mkdirSync(dirname(join(workspace.path, path)), { recursive: true });
    writeFileSync(join(workspace.path, path), content);
  }
  const config = moduleConfigSchema.parse(record.configSchema.parse(record.exampleConfig));
  const template = templateSchema.parse({
    id: randomUUID(),
    name: "Test",
    modules: { [record.name]: config },
    limits,
  });
  const thread = new HostThread(await compiled);
  await thread.open({ sessionId: randomUUID(), template, workspaceRoot: workspace.path });
  return {
    async run(code) {
      const batches: string[] = [];
      const drain = (): void => void batches.push(thread.readEvents() ?? "");
      const run = thread.announce({ kind: "runFile", path: "test.js", source: code });
      run.permit();
      const end = await run.end(drain);
      drain();
      const events = batches
        .flatMap((batch) => batch.split("\n"))
        .filter(Boolean)
        .map((line) => eventSchema.parse(JSON.parse(line)));
      const lines = events.flatMap((event) => (event.type === "console" ? [event.payload.text] : []));
      return { outcome: end.kind === "finished" ? end.outcome : undefined, lines };
    },
    async dispose() {
      await thread.ask("dispose").catch(() => undefined);
      await thread.terminate();
      workspace.dispose();
    },
  };
}
