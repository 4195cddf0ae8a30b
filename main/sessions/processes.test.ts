import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listProcesses } from "../modules/exec/process-list";
import { TestWorkspace } from "./testing/test-workspace";

let workspace: TestWorkspace;
beforeEach(() => {
  workspace = new TestWorkspace();
});
afterEach(() => workspace.dispose());

/** Writes its pid and those of a child that left its group to files, and ignores whoever asks it to end. */
const STUBBORN = `
  const child = require("child_process").spawn("sleep", ["1000"], { detached: true, stdio: "ignore" });
  process.on("SIGTERM", () => {});
  require("fs").writeFileSync("pids", process.pid + " " + child.pid);
  setInterval(() => {}, 1000);`;
const ARGS = JSON.stringify(["-e", STUBBORN]);
/** The interpreter never looks at its interrupt handler while it does this. */
const UNINTERRUPTIBLE = 'new Array(4e9) + ""';
const LONG = { cpuMs: 600_000, wallMs: 600_000 };

async function pids(): Promise<number[]> {
  const path = join(workspace.root, "pids");
  await vi.waitFor(() => expect(existsSync(path) && readFileSync(path, "utf8")).toMatch(/^\d+ \d+$/), {
    timeout: 15_000,
    interval: 10,
  });
  return readFileSync(path, "utf8").split(" ").map(Number);
}
const alive = (all: readonly number[]): number[] =>
  listProcesses()
    .filter((entry) => all.includes(entry.pid))
    .map((entry) => entry.pid);
const gone = (all: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(alive(all)).toEqual([]), { timeout: 3000, interval: 10 });

async function execute(source: string, limits: object = LONG) {
  const session = await workspace.session({ modules: { exec: { commands: ["node"] } }, limits });
  const { execution, finished } = workspace.sessions.execute(session.id, { kind: "repl", source });
  return { session, execution, finished };
}

// Windows has no process groups to leave; there taskkill ends the tree.
describe.skipIf(process.platform === "win32")("processes of a session end", () => {
  it("on Stop, while the script waits for a command, and the session keeps its state", async () => {
    const { session, execution, finished } = await execute(
      `var kept = 1; require("exec").run("node", ${ARGS})`,
    );
    const all = await pids();
    expect((await workspace.sessions.stop(execution.id)).outcome).toBe("interrupted");
    expect(await finished).toMatchObject({ status: "cancelled" });
    await gone(all);
    expect((await workspace.repl(session.id, "kept")).result?.preview).toBe("1");
  });

  it("at the wall limit, blocking or not", async () => {
    for (const call of ["run", "exec"]) {
      const { finished } = await execute(`await require("exec").${call}("node", ${ARGS})`, { wallMs: 2000 });
      const all = await pids();
      expect(await finished).toMatchObject({ status: "timeout", error: { code: "WALL_LIMIT_EXCEEDED" } });
      await gone(all);
    }
  });

  it("when their session is closed", async () => {
    const { session, finished } = await execute(`require("exec").run("node", ${ARGS})`);
    const all = await pids();
    await workspace.sessions.close(session.id);
    await finished;
    await gone(all);
  });

  it("also when the thread that started them had to be killed", async () => {
    const script = `require("exec").exec("node", ${ARGS}); setTimeout(() => { console.log("now"); ${UNINTERRUPTIBLE} }, 1500)`;
    const { execution } = await execute(script);
    const all = await pids();
    await workspace.until(
      (notice) => notice.type === "events" && notice.events.some((event) => event.type === "console"),
    );
    expect((await workspace.sessions.stop(execution.id)).outcome).toBe("engineReplaced");
    await gone(all);
  });
});
