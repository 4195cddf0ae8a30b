import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CliWorkspace, finished, untilWritten } from "./testing/run-cli";

let workspace: CliWorkspace;
beforeEach(() => {
  workspace = new CliWorkspace();
});
afterEach(() => workspace.dispose());

describe("eval", () => {
  it("prints console output where it belongs, then the value", async () => {
    const { code, stdout, stderr } = await workspace.run([
      "eval",
      "console.log('log'); console.info('info'); console.debug('debug'); console.warn('warn'); console.error('error'); ({ a: [1, 'two'] })",
    ]);
    expect(stdout).toBe("log\ninfo\ndebug\n{ a: [ 1, 'two' ] }\n");
    expect(stderr).toBe("warn\nerror\n");
    expect(code).toBe(0);
  });

  it("prints nothing for undefined", async () => {
    expect(await workspace.run(["eval", "undefined"])).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });

  it("awaits", async () => {
    expect(
      await workspace.run(["eval", "await new Promise((done) => setTimeout(done, 5, 'later'))"]),
    ).toMatchObject({
      code: 0,
      stdout: "'later'\n",
    });
  });

  it("--json gives one object per line: the events, then the execution", async () => {
    const result = await workspace.run(["eval", "console.log('hi'); 20 + 22", "--json"]);
    expect(result.code).toBe(0);
    const lines = result.json();
    expect(lines.map(({ type, seq }) => [type, seq])).toEqual([
      ["inputEcho", 1],
      ["console", 2],
      ["value", 3],
      ["execution", undefined],
    ]);
    expect(lines[1]).toMatchObject({ ts: expect.any(Number), payload: { level: "log", text: "hi" } });
    expect(lines[3]).toMatchObject({
      status: "ok",
      result: { type: "number", preview: "42" },
      metrics: { events: 3, cpuMs: expect.any(Number) },
    });
  });
});

describe("run", () => {
  it("shows the cause and the properties of an error, as Node does", async () => {
    workspace.write(
      "scripts/fails.js",
      "throw Object.assign(new Error('outside', { cause: new TypeError('inside') }), { part: 7 });",
    );
    const { code, stderr } = await workspace.run(["run", "scripts/fails.js"]);
    expect(code).toBe(1);
    expect(stderr).toContain("Error: outside\n    at scripts/fails.js:1:");
    expect(stderr).toContain("[cause]: TypeError: inside\n      at scripts/fails.js:1:");
    expect(stderr).toContain("part: 7");
  });

  it("runs a script with its arguments and environment", async () => {
    workspace.write("scripts/hello.js", "console.log(`${args.greeting}, ${env.WHO}!`)");
    const { code, stdout } = await workspace.run([
      "run",
      "scripts/hello.js",
      "--args",
      '{"greeting":"Hello"}',
      "--env",
      "WHO=world=wide",
    ]);
    expect([code, stdout]).toEqual([0, "Hello, world=wide!\n"]);
  });

  it("names file, line and column of a failure and shows the line", async () => {
    workspace.write(
      "bad.js",
      "const fine = 1;\nfunction fail() {\n  throw new TypeError('no luck');\n}\nfail();\n",
    );
    const { code, stdout, stderr } = await workspace.run(["run", "bad.js"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^bad\.js:3:\d+\n\s+throw new TypeError\('no luck'\);\n\s+\^\n\nTypeError: no luck\n\s+at fail \(bad\.js:3/,
    );
    expect(stderr).not.toMatch(/node_modules|session-host|dist/);
  });

  it("shows a syntax error with a caret", async () => {
    workspace.write("bad.js", "const fine = 1;\nconst = 2;\n");
    const { code, stderr } = await workspace.run(["run", "bad.js"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/bad\.js:2/);
    expect(stderr).toContain("const = 2;");
    expect(stderr).toMatch(/\^/);
    expect(stderr).toContain("SyntaxError");
  });

  it("uses a template by name, whatever its case, or by its file; without one there are no modules", async () => {
    await workspace.run(["template", "create", "With Path"]);
    await workspace.run(["template", "add-module", "with path", "path"]);
    const code = "require('path').join('a', 'b')";
    expect(await workspace.run(["eval", code, "-t", "WITH PATH"])).toMatchObject({
      code: 0,
      stdout: "'a/b'\n",
    });
    expect(await workspace.run(["eval", code, "-t", "templates/with-path.template.json"])).toMatchObject({
      code: 0,
    });
    const without = await workspace.run(["eval", code]);
    expect(without.code).toBe(1);
    expect(without.stderr).toContain("MODULE_NOT_ENABLED");
  });

  it("says without a template how to make one that enables the module, and the commands work", async () => {
    for (const [kind, name] of [
      ["module", "path"],
      ["library", "lodash"],
    ] as const) {
      const code = `typeof require("${name}")`;
      const { stderr } = await workspace.run(["eval", code]);
      expect(stderr).toContain("MODULE_NOT_ENABLED");
      expect(stderr).not.toContain("No template");
      const [create = "", add = ""] = /vm-workbench (.*) && vm-workbench (.*)$/m.exec(stderr)?.slice(1) ?? [];
      if (kind === "module") expect(await workspace.run(create.split(" "))).toMatchObject({ code: 0 });
      expect(await workspace.run(add.split(" "))).toMatchObject({ code: 0 });
      expect(await workspace.run(["eval", code, "-t", "mine"])).toMatchObject({ code: 0 });
    }
  });

  it("has startup files printed before, and their failure as the run's", async () => {
    workspace.write("start.js", "console.log('starting'); globalThis.base = 40");
    workspace.write("bad-start.js", "\nthrow new Error('not today')");
    await workspace.run(["template", "create", "Started"]);
    await workspace.run(["template", "add-startup", "Started", "start.js"]);
    expect(await workspace.run(["eval", "base + 2", "-t", "started"])).toMatchObject({
      code: 0,
      stdout: "starting\n42\n",
    });
    await workspace.run(["template", "add-startup", "Started", "bad-start.js"]);
    const failed = await workspace.run(["eval", "base + 2", "-t", "started"]);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toBe("starting\n");
    expect(failed.stderr).toMatch(/bad-start\.js:2[\s\S]*STARTUP_FAILED[\s\S]*not today/);
    const json = await workspace.run(["eval", "base + 2", "-t", "started", "--json"]);
    expect(json.json().at(-1)).toMatchObject({
      type: "execution",
      status: "error",
      error: { code: "STARTUP_FAILED" },
    });
  });

  it("ends with the code of the limit that a startup file met", async () => {
    workspace.write("hungry.js", "const all = []; for (;;) all.push(new Array(1000).fill(1));");
    await workspace.run(["template", "create", "Hungry"]);
    await workspace.run(["template", "add-startup", "Hungry", "hungry.js"]);
    const { code, stderr } = await workspace.run(["eval", "1", "-t", "hungry", "--limit", "memoryMb=32"]);
    expect([code, stderr]).toEqual([3, expect.stringContaining("STARTUP_FAILED")]);
  });
});

describe("the exit code", () => {
  it.each([
    [0, ["eval", "1"]],
    [1, ["eval", "throw 1"]],
    [1, ["eval", "Promise.reject(new Error('x'))"]],
    [2, ["run", "missing.js"]],
    [2, ["run", "../outside.js"]],
    [2, ["eval", "1", "--template", "no such"]],
    [2, ["eval", "1", "--workspace", "no-such-folder"]],
    [2, ["eval", "1", "--limit", "cpu=1"]],
    [2, ["eval", "1", "--limit", "cpuMs=1"]],
    [2, ["eval", "1", "--limit", "cpuMs"]],
    [2, ["eval", "1", "--args", "{"]],
    [2, ["eval", "1", "--env", "nothing"]],
    [2, ["eval", "1", "--jsn"]],
    [2, ["evil", "1"]],
    [2, ["eval"]],
    [3, ["eval", "while (true) {}", "--limit", "cpuMs=50"]],
    [3, ["eval", "await new Promise(() => setTimeout(() => {}, 1e6))", "--limit", "wallMs=50"]],
    [3, ["eval", "const all = []; while (true) all.push(new Array(1e5).fill(1))", "--limit", "memoryMb=32"]],
    [3, ["eval", "while (true) console.log('x')", "--limit", "maxEvents=10"]],
    [3, ["eval", "console.log('x'.repeat(5000))", "--limit", "maxOutputKb=1"]],
    [3, ["eval", 'new Array(4e9) + ""', "--limit", "cpuMs=50"]],
  ])("is %i for %j", async (expected, args) => {
    const { code, stderr } = await workspace.run(args);
    expect([code, stderr]).toEqual([expected, expected === 0 ? "" : expect.stringMatching(/\S/)]);
    expect(stderr).not.toMatch(/\n\s+at .*(dist|node:)/);
  });

  it("is 2 for a file that holds data", async () => {
    workspace.write("data.json", "{}");
    const { code, stderr } = await workspace.run(["run", "data.json"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("holds data and cannot be run")]);
  });

  it("is 2 with a suggestion for what was mistyped, also as JSON", async () => {
    expect((await workspace.run(["eval", "1", "--limt", "a=1"])).stderr).toContain("Did you mean --limit?");
    expect((await workspace.run(["tempalte"])).stderr).toContain("Did you mean template?");
    expect((await workspace.run(["eval", "1", "--limit", "cpums=100"])).stderr).toContain(
      "Did you mean cpuMs?",
    );
    const asJson = await workspace.run(["eval", "--json"]);
    expect(asJson).toMatchObject({ code: 2, stderr: "" });
    expect(asJson.json()).toEqual([
      { type: "error", code: "INVALID_REQUEST", message: expect.stringContaining("code") },
    ]);
    const noTemplate = await workspace.run(["eval", "1", "--json", "-t", "none"]);
    expect(noTemplate.json()).toEqual([
      expect.objectContaining({ type: "error", code: "TEMPLATE_NOT_FOUND" }),
    ]);
  });

  it("is 130 after SIGINT, and what was written is kept", async () => {
    const child = workspace.start([
      "eval",
      "console.log('going'); while (true) {}",
      "--limit",
      "cpuMs=600000",
      "--limit",
      "wallMs=600000",
    ]);
    const end = finished(child);
    await untilWritten(child, "going");
    child.kill("SIGINT");
    const { code, stderr } = await end;
    expect(code).toBe(130);
    expect(stderr).toContain("EXECUTION_CANCELLED");
    const history = await workspace.run(["history", "list", "--json"]);
    expect(history.json()[0]).toMatchObject({ status: "cancelled", stop: "interrupted" });
  });
});

describe("a reader that goes away", () => {
  it("ends the run without a stack", async () => {
    const child = workspace.start([
      "eval",
      "for (;;) { console.log('x'.repeat(1000)); await new Promise((done) => setTimeout(done, 1)) }",
      "--limit",
      "wallMs=600000",
      "--limit",
      "maxOutputKb=1000000",
    ]);
    const err: string[] = [];
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk.toString()));
    await untilWritten(child, "xxx");
    child.stdout.destroy();
    await new Promise((resolve) => child.on("exit", resolve));
    expect(err.join("")).not.toMatch(/EPIPE|node:/);
  });
});

describe("history", () => {
  it("lists, shows and replays what ran, and forgets it", async () => {
    workspace.write("a.js", "console.log('from a'); 7");
    await workspace.run(["run", "a.js"]);
    await workspace.run(["eval", "throw new Error('boom')"]);
    const all = (await workspace.run(["history", "list", "--json"])).json();
    expect(all.map(({ kind, status }) => [kind, status])).toEqual([
      ["repl", "error"],
      ["runFile", "ok"],
    ]);
    const found = (await workspace.run(["history", "list", "--json", "--text", "BOOM"])).json();
    expect(found).toHaveLength(1);
    const id = String(all[1]?.["id"]);
    expect((await workspace.run(["history", "show", id])).stdout).toContain("console.log('from a')");
    expect((await workspace.run(["history", "events", id])).stdout).toBe("from a\n");
    expect((await workspace.run(["history", "events", id, "--json", "--after", "1"])).json()).toMatchObject([
      { type: "value" },
    ]);
    expect((await workspace.run(["history", "show", "nonsense"])).code).toBe(2);
    expect((await workspace.run(["history", "show", "00000000-0000-4000-8000-000000000000"])).code).toBe(2);
    expect((await workspace.run(["history", "prune", "--max-executions", "1", "--json"])).json()).toEqual([
      { removed: 1 },
    ]);
    expect((await workspace.run(["history", "list", "--json"])).json()).toHaveLength(1);
  });
});

describe("several processes at once", () => {
  it("share one history: nothing is lost, nobody waits for ever, nobody's session is closed", async () => {
    const runs = await Promise.all(
      Array.from({ length: 6 }, (_, n) => workspace.run(["eval", `console.log('process'); ${n}`])),
    );
    expect(runs.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual(
      runs.map((_, n) => [0, `process\n${n}\n`, ""]),
    );
    const all = (await workspace.run(["history", "list", "--json"])).json();
    expect(all.map(({ status }) => status)).toEqual(Array(6).fill("ok"));
  });
});

describe("repl from a pipe", () => {
  it("runs one input after the other in one session; inputs may have several lines", async () => {
    const { code, stdout, stderr } = await workspace.run(
      ["repl"],
      "const a = 20\nfunction add(b) {\n  return a + b\n}\n\nadd(22)\nconsole.log('said')\n({ x: 1 })\n",
    );
    expect([code, stdout, stderr]).toEqual([0, "42\nsaid\n{ x: 1 }\n", ""]);
  });

  it("goes on after a failing input and ends with its exit code", async () => {
    const { code, stdout, stderr } = await workspace.run(["repl"], "throw new Error('boom')\n1 + 1\n");
    expect([code, stdout]).toEqual([1, "2\n"]);
    expect(stderr).toContain("Error: boom");
  });

  it("knows the commands of the terminal", async () => {
    const { code, stdout, stderr } = await workspace.run(["repl"], "1 + 1\n.help\n.nope\n.5 + 1\n.exit\n7\n");
    expect([code, stderr]).toEqual([2, "There is no command .nope. Type .help for those there are.\n"]);
    expect(stdout).toMatch(/^2\nType JavaScript[^]*\n1\.5\n$/);
  });

  it("runs what is left at the end of the input", async () => {
    const { code, stderr } = await workspace.run(["repl"], "function unfinished() {");
    expect(code).toBe(1);
    expect(stderr).toContain("SyntaxError");
  });
});
