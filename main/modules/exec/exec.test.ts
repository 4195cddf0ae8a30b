import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { callHost, callHostAsync } from "../testing/call-host";
import { makeHostContext, makeWorkspace, type TestHostContext } from "../testing/host-context";
import type { HostModule } from "../record";
import { environmentFor } from "./environment";
import { createExecHost, type ExecConfig } from "./host";
import { execModule } from "./index";
import { listProcesses } from "./process-list";
import { SLACK_MS } from "../../testing/slack";

const defaults: ExecConfig = {
  commands: ["node", "/bin/echo", "/bin/sh"],
  cwd: ".",
  env: [],
  maxOutputKb: 1024,
};
let area: ReturnType<typeof makeWorkspace>;
let context: TestHostContext;
const hosts: HostModule[] = [];

function makeHost(config: Partial<ExecConfig> = {}): HostModule {
  const host = createExecHost({ ...defaults, ...config }, context);
  hosts.push(host);
  return host;
}
const run = (config: Partial<ExecConfig>, ...args: unknown[]): ReturnType<ReturnType<typeof callHost>> =>
  callHost(makeHost(config))("run", ...args);
const node = (script: string): string[] => ["-e", script];

beforeEach(() => {
  area = makeWorkspace();
  context = makeHostContext(area.path);
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose?.();
  area.dispose();
});

/** Waits until the script wrote its pid there. */
async function pidIn(file: string): Promise<number> {
  const path = join(area.path, file);
  await vi.waitFor(() => expect(existsSync(path) && readFileSync(path, "utf8")).toMatch(/^\d+$/), {
    timeout: 10_000,
    interval: 10,
  });
  return Number(readFileSync(path, "utf8"));
}
const isAlive = (pid: number): boolean => listProcesses().some((entry) => entry.pid === pid);
async function gone(...pids: number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 2000, interval: 10 });
}

describe("only listed commands run", () => {
  it("runs one that is listed by its path, and gives what it printed", () => {
    expect(run({}, "/bin/echo", ["exec-module-ok"]).value).toBe("exec-module-ok\n");
  });

  it("refuses every one that is not, and everything when nothing is listed", () => {
    expect(execModule.configSchema.parse({})).toMatchObject({ commands: [], env: [] });
    for (const command of [
      "ls",
      "echo",
      "/bin/ls",
      "/bin/../bin/echo",
      "//bin/echo",
      "/bin/echo ",
      "./node",
      "bin/node",
      "NODE",
      "node.exe",
    ]) {
      expect(run({}, command).error, command).toMatchObject({ code: "PERMISSION_DENIED" });
    }
    expect(run({ commands: [] }, "node").error).toMatchObject({ code: "PERMISSION_DENIED" });
  });

  it('runs every name and absolute path with "*", but no relative path', () => {
    expect(run({ commands: ["*"] }, "echo", ["x"]).value).toBe("x\n");
    expect(run({ commands: ["*"] }, "./node").error).toMatchObject({ code: "PERMISSION_DENIED" });
  });

  it("looks for names in the application's PATH, whatever the script sets", () => {
    writeFileSync(join(area.path, "node"), "#!/bin/sh\necho fake\n", { mode: 0o755 });
    expect(run({ env: ["PATH"] }, "node", ["-p", "1"], { env: { PATH: area.path } }).value).toBe("1\n");
  });

  it("says as Node that a command is missing", () => {
    expect(run({ commands: ["no-such-command"] }, "no-such-command").error).toMatchObject({
      code: "ENOENT",
      message: "spawn no-such-command ENOENT",
      syscall: "spawn no-such-command",
      path: "no-such-command",
    });
    expect(run({ commands: ["/no/such"] }, "/no/such").error).toMatchObject({ code: "ENOENT" });
  });

  it("never passes arguments through a shell", () => {
    const hostile = ["$(id)", "`id`", "; id", "| id", "&& id", "> out", "*", "$HOME", "\\", '"', "'", "\n"];
    expect(run({}, "/bin/echo", hostile).value).toBe(`${hostile.join(" ")}\n`);
    expect(existsSync(join(area.path, "out"))).toBe(false);
  });

  it("refuses arguments of another kind by name", () => {
    for (const [args, place] of [
      [[], "command"],
      [["\0"], "command"],
      [[1], "command"],
      [["node", "x"], "args"],
      [["node", [1]], "args.0"],
      [["node", ["a\0b"]], "args.0"],
      [["node", [], { shell: true }], "options"],
      [["node", [], { timeoutMs: -1 }], "options.timeoutMs"],
      [["node", [], { env: { A: 1 } }], "options.env.A"],
    ] as [unknown[], string][]) {
      const { error } = run({}, ...args);
      expect(error).toMatchObject({ name: "TypeError", code: "ERR_INVALID_ARG_TYPE" });
      expect(error?.["message"]).toContain(`"${place}"`);
    }
  });
});

describe("the result", () => {
  it("of run holds both streams in their order, and a failure keeps what was printed", () => {
    const { error } = run(
      {},
      "node",
      node("process.stdout.write('out');process.stderr.write('err');process.exitCode=3"),
    );
    expect(error).toMatchObject({
      name: "ExecError",
      code: "COMMAND_FAILED",
      exitCode: 3,
      signal: null,
      stdout: "out",
      stderr: "err",
    });
  });

  it("of exec tells the exit code, and streams events while it runs", async () => {
    const script = "process.stdout.write('one');process.stderr.write('two');process.exitCode=5";
    const { value } = await callHostAsync(makeHost())("exec", "node", node(script));
    expect(value).toMatchObject({ exitCode: 5, signal: null, stdout: "one", stderr: "two" });
    expect(context.emitted).toContainEqual({ type: "stdout", text: "one", source: "node" });
    expect(context.emitted).toContainEqual({ type: "stderr", text: "two", source: "node" });
  });

  it("arrives as events before the command ends", async () => {
    const done = callHostAsync(makeHost())(
      "exec",
      "node",
      node("console.log('early');setTimeout(()=>{},60000)"),
      {
        timeoutMs: 20_000,
      },
    );
    await vi.waitFor(() => expect(context.emitted).toHaveLength(1), { timeout: 10_000, interval: 10 });
    context.stop();
    expect((await done).error).toMatchObject({ code: "EXECUTION_CANCELLED", stdout: "early\n" });
  });

  it("is whole text also where a character is split between two chunks", async () => {
    const script =
      "const b=Buffer.from('é');process.stdout.write(b.subarray(0,1));setTimeout(()=>process.stdout.write(b.subarray(1)),50)";
    const { value } = await callHostAsync(makeHost())("exec", "node", node(script));
    expect(value).toMatchObject({ stdout: "é" });
    expect(context.emitted.map((event) => event.text).join("")).toBe("é");
  });

  it("may depend on input, text or bytes, and a command need not read it", () => {
    const cat = node("process.stdin.pipe(process.stdout)");
    expect(run({}, "node", cat, { input: "héllo" }).value).toBe("héllo");
    expect(run({}, "node", cat, { input: new Uint8Array([104, 105]) }).value).toBe("hi");
    expect(run({}, "/bin/echo", ["x"], { input: "y".repeat(1_000_000) }).value).toBe("x\n");
  });

  it("ends a command that prints more than the template allows", () => {
    const { error } = run({ maxOutputKb: 64 }, "node", node("for(;;)console.log('x'.repeat(1000))"));
    expect(error).toMatchObject({ code: "ERR_CHILD_PROCESS_STDIO_MAXBUFFER" });
    expect(String(error?.["stdout"]).length).toBe(64 * 1024);
  });

  it("ends a command after timeoutMs, with what it printed", async () => {
    const script = "console.log('begun');setInterval(()=>{},1000)";
    expect(run({}, "node", node(script), { timeoutMs: 1000 }).error).toMatchObject({
      code: "ETIMEDOUT",
      stdout: "begun\n",
    });
    expect(
      (await callHostAsync(makeHost())("exec", "node", node(script), { timeoutMs: 1000 })).error,
    ).toMatchObject({ code: "ETIMEDOUT" });
  });
});

describe("the surroundings of a command", () => {
  it("are the workspace, or a folder inside the granted one", () => {
    mkdirSync(join(area.path, "tools", "deep"), { recursive: true });
    mkdirSync(join(area.path, "other"));
    symlinkSync("/", join(area.path, "tools", "leads-out"));
    const cwd = ["-p", "process.cwd()"];
    expect(run({}, "node", cwd).value).toBe(`${area.path}\n`);
    expect(run({ cwd: "tools" }, "node", cwd).value).toBe(`${join(area.path, "tools")}\n`);
    expect(run({ cwd: "tools" }, "node", cwd, { cwd: "tools/deep" }).value).toBe(
      `${join(area.path, "tools", "deep")}\n`,
    );
    for (const outside of ["..", "/", "other", ".", "tools/leads-out", "tools/../other"]) {
      expect(run({ cwd: "tools" }, "node", cwd, { cwd: outside }).error, outside).toMatchObject({
        code: "PERMISSION_DENIED",
      });
    }
    expect(run({ cwd: "tools" }, "node", cwd, { cwd: "tools/none" }).error).toMatchObject({ code: "ENOENT" });
  });

  it("hold only listed variables and those that the script sets", () => {
    vi.stubEnv("VM_WORKBENCH_TEST_LISTED", "listed");
    vi.stubEnv("VM_WORKBENCH_TEST_SECRET", "secret");
    const printed = run(
      { env: ["VM_WORKBENCH_TEST_LISTED"] },
      "node",
      ["-p", "JSON.stringify(process.env)"],
      { env: { MINE: "1" } },
    ).value;
    vi.unstubAllEnvs();
    const { VM_WORKBENCH_SESSION: _mark, ...env } = JSON.parse(printed as string) as Record<string, string>;
    expect(env).toEqual({ VM_WORKBENCH_TEST_LISTED: "listed", MINE: "1" });
  });

  it("take no variable that makes a command run something else, unless it is listed", () => {
    for (const name of [
      "LD_PRELOAD",
      "DYLD_INSERT_LIBRARIES",
      "NODE_OPTIONS",
      "PATH",
      "Path",
      "BASH_ENV",
      "GIT_SSH_COMMAND",
      "PYTHONSTARTUP",
      "PAGER",
      "HOME",
      "XDG_CONFIG_HOME",
      "TAR_OPTIONS",
      "VM_WORKBENCH_SESSION",
    ]) {
      expect(run({}, "node", ["-p", "1"], { env: { [name]: "x" } }).error, name).toMatchObject({
        code: "PERMISSION_DENIED",
      });
      expect(environmentFor([name], { [name]: "x" })[name]).toBe("x");
    }
  });
});

// These are about POSIX processes; on Windows taskkill ends the tree.
describe.skipIf(process.platform === "win32")("nothing outlives the execution", () => {
  const IGNORES_SIGTERM = `process.on("SIGTERM",()=>{});process.on("SIGHUP",()=>{});require("fs").writeFileSync("stubborn","" + process.pid);setInterval(()=>{},1000)`;

  it("not a command that ignores SIGTERM, on Stop", async () => {
    const running = callHostAsync(makeHost())("exec", "node", node(IGNORES_SIGTERM));
    const pid = await pidIn("stubborn");
    context.stop();
    expect((await running).error).toMatchObject({ code: "EXECUTION_CANCELLED" });
    await gone(pid);
  });

  it("not one that ignores SIGTERM inside a blocking run, when the time is up", () => {
    context = makeHostContext(area.path, 1500);
    const before = performance.now();
    expect(run({}, "node", node(IGNORES_SIGTERM)).error).toMatchObject({ code: "EXECUTION_CANCELLED" });
    expect(performance.now() - before).toBeLessThan(1500 + SLACK_MS);
    expect(isAlive(Number(readFileSync(join(area.path, "stubborn"), "utf8")))).toBe(false);
  });

  it("not a grandchild that outlives its parent", async () => {
    const host = makeHost();
    const { value } = callHost(host)("run", "/bin/sh", [
      "-c",
      "sleep 1000 & echo -n $! > grandchild; echo started",
    ]);
    expect(value).toBe("started\n");
    const pid = await pidIn("grandchild");
    expect(isAlive(pid)).toBe(true);
    await host.executionEnded?.();
    await gone(pid);
  });

  it.skipIf(process.platform !== "linux")(
    "not a grandchild that left its parent, its group and its session",
    async () => {
      const host = makeHost();
      const spawnDetached = `const c=require("child_process").spawn(process.execPath,["-e",${JSON.stringify(IGNORES_SIGTERM)}],{detached:true,stdio:"ignore"});c.unref()`;
      expect(callHost(host)("run", "node", node(spawnDetached)).value).toBe("");
      const pid = await pidIn("stubborn");
      await host.executionEnded?.();
      await gone(pid);
    },
  );

  it.skipIf(process.platform !== "linux")(
    "not a grandchild that also got an empty environment and other standard streams",
    async () => {
      const host = makeHost();
      const escape = `env -i setsid sh -c 'echo -n $$ > escaped; exec sleep 1000' </dev/null >/dev/null 2>&1 &`;
      expect(callHost(host)("run", "/bin/sh", ["-c", escape]).value).toBe("");
      const pid = await pidIn("escaped");
      expect(isAlive(pid)).toBe(true);
      await host.executionEnded?.();
      await gone(pid);
    },
  );

  it("not the tree of a command whose time is up, while its neighbour goes on", async () => {
    const host = makeHost();
    const call = callHostAsync(host);
    const neighbour = call(
      "exec",
      "node",
      node(`require("fs").writeFileSync("neighbour",""+process.pid);setInterval(()=>{},1000)`),
    );
    const tree = call("exec", "/bin/sh", ["-c", "sleep 1000 & echo -n $! > grandchild; sleep 1000"], {
      timeoutMs: 800,
    });
    const [other, grandchild] = [await pidIn("neighbour"), await pidIn("grandchild")];
    expect((await tree).error).toMatchObject({ code: "ETIMEDOUT" });
    await gone(grandchild);
    expect(isAlive(other)).toBe(true);
    await host.dispose?.();
    expect((await neighbour).error).toMatchObject({ code: "EXECUTION_CANCELLED" });
    await gone(other);
  });

  it("not a process that keeps starting others", async () => {
    const forks = `const s=require("child_process").spawn;require("fs").writeFileSync("forker",""+process.pid);setInterval(()=>s("sleep",["1000"],{detached:true,stdio:"ignore"}).unref(),5)`;
    const host = makeHost();
    const running = callHostAsync(host)("exec", "node", node(forks));
    await pidIn("forker");
    const before = new Set(listProcesses().map((entry) => entry.pid));
    context.stop();
    await running;
    await host.executionEnded?.();
    const left = listProcesses().filter(
      (entry) => !before.has(entry.pid) && readCommand(entry.pid).startsWith("sleep"),
    );
    expect(left).toEqual([]);
  });

  it("not a command that waits for its turn: 64 run at once, and Stop ends the others before they begin", async () => {
    const call = callHostAsync(makeHost({ commands: ["sleep"] }));
    const before = listProcesses().length;
    const running = Array.from({ length: 100 }, () => call("exec", "sleep", ["1000"]));
    await vi.waitFor(() => expect(listProcesses().length).toBeGreaterThan(before), { timeout: 10_000 });
    const sleeping = listProcesses().filter(
      ({ pid, parent }) => parent === process.pid && readCommand(pid).startsWith("sleep"),
    );
    expect(sleeping.length).toBeLessThanOrEqual(64);
    context.stop();
    const codes = (await Promise.all(running)).map(({ error }) => error?.["code"]);
    expect(new Set(codes)).toEqual(new Set(["EXECUTION_CANCELLED"]));
    await gone(...sleeping.map(({ pid }) => pid));
  });

  it("tells the thread's owner which processes run", async () => {
    const tracked = new Set<number>();
    const tracking = {
      ...context,
      trackProcess: (pid: number) => (tracked.add(pid), () => void tracked.delete(pid)),
    };
    const host = createExecHost(defaults, tracking);
    hosts.push(host);
    const running = callHostAsync(host)("exec", "node", node("setInterval(()=>{},1000)"));
    expect(tracked.size).toBe(1);
    context.stop();
    await running;
    expect(tracked.size).toBe(0);
  });
});

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

it("an execution may follow: what was started before is forgotten", async () => {
  const host = makeHost();
  callHost(host)("run", "/bin/echo");
  context.stop();
  await host.executionEnded?.();
  expect(callHost(host)("run", "/bin/echo").error).toMatchObject({ code: "EXECUTION_CANCELLED" });
  context.begin();
  expect(callHost(host)("run", "/bin/echo", ["again"]).value).toBe("again\n");
});
