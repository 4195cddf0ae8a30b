import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { randomUUID } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import { templateSchema } from "../../../shared/model/template";
import { assetPath } from "../../core/assets";
import { registry } from "../../modules/registry";
import { completeTemplate } from "../complete-template";
import { ExecutionControl } from "../../vm/control";
import { compileEngine } from "../../vm/engine/compile";
import { createRingBuffer } from "./event-ring";
import type { FromHost, HostThreadData, ToHost } from "./protocol";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "vm-workbench-lazy-")));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a session host starts without reading a package that it may never need", async () => {
  // The built host, without the packages that it loads later.
  mkdirSync(join(folder, "dist", "main"), { recursive: true });
  symlinkSync(assetPath("guest"), join(folder, "dist", "guest"));
  for (const file of ["session-host.cjs", "session-host.code.js"]) {
    copyFileSync(assetPath("main", file), join(folder, "dist", "main", file));
  }
  const modules = Object.fromEntries(
    registry.list().flatMap(({ name, prepare }) => (prepare === undefined ? [[name, {}]] : [])),
  );
  const workerData: HostThreadData = {
    control: new ExecutionControl().buffer,
    ring: createRingBuffer(),
    compiled: await compileEngine(),
  };
  const host = new Worker(join(folder, "dist", "main", "session-host.cjs"), { workerData, execArgv: [] });
  const answer = new Promise<FromHost>((resolve, reject) => {
    host.on("error", reject);
    host.on("message", resolve);
  });
  const template = completeTemplate(templateSchema.parse({ id: randomUUID(), name: "Lazy", modules }));
  const open: ToHost = {
    type: "open",
    spec: { sessionId: randomUUID(), workspaceRoot: folder, template },
  };
  host.postMessage(open);
  expect(await answer).toMatchObject({ type: "opened" });
  await host.terminate();
});
