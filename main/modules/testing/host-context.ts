import { setMaxListeners } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostContext } from "../record";

/** A throw-away workspace for a test. `dispose` removes it. */
export function makeWorkspace(): { readonly path: string; dispose(): void } {
  const path = realpathSync.native(mkdtempSync(join(tmpdir(), "vm-workbench-test-")));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

/** What a host half emitted, and the two ways in which an execution is stopped. */
export interface TestHostContext extends HostContext {
  readonly emitted: { type: "stdout" | "stderr"; text: string; source: string }[];
  /** As Stop does: `mustStop` and the execution's signal. */
  stop(): void;
  /** Begins another execution: a new signal. */
  begin(): void;
}

/** A context as a session gives it to a module's host half, for tests without a VM. */
export function makeHostContext(workspaceRoot: string, wallMs = 60_000): TestHostContext {
  const newController = (): AbortController => {
    const made = new AbortController();
    // As a real execution's: everything that is under way listens to it.
    setMaxListeners(0, made.signal);
    return made;
  };
  let controller = newController();
  let until = Date.now() + wallMs;
  const emitted: TestHostContext["emitted"] = [];
  return {
    workspaceRoot,
    sessionId: "test-session",
    memoryBytes: 128 * 1024 * 1024,
    emitted,
    executionSignal: () => controller.signal,
    remainingMs: () => Math.max(0, until - Date.now()),
    remainingCpuMs: () => Math.max(0, until - Date.now()),
    mustStop: () => controller.signal.aborted || Date.now() >= until,
    emit: (event) => void emitted.push(event),
    stop: () => controller.abort(),
    begin: () => {
      controller = newController();
      until = Date.now() + wallMs;
    },
  };
}
