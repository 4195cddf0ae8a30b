import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CliWorkspace } from "./testing/run-cli";

let workspace: CliWorkspace;
beforeEach(() => {
  workspace = new CliWorkspace();
  workspace.write("lib/plain.js", "console.log(JSON.stringify(args ?? null))");
  workspace.write(
    "report.js",
    `/**
 * Counts what a log holds.
 *
 * @param {file} args.log - The log to read.
 * @param {integer} [args.top=10] - How many lines to show.
 * @param {"info" | "warn"} [args.level=info]
 * @param {boolean} args.verbose - Says more.
 * @param {boolean} [args.color=true]
 * @param {string[]} [args.tag] - Only these.
 * @param {number} [args.offset]
 * @param {boolean} args.json - Writes JSON.
 */
console.log(JSON.stringify(args));`,
  );
});
afterEach(() => workspace.dispose());

const run = (...args: string[]) => workspace.run(["run", ...args]);
const given = async (...args: string[]): Promise<unknown> => {
  const { code, stdout, stderr } = await run("report.js", ...args);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};
const DEFAULTS = { log: "a.log", top: 10, level: "info", verbose: false, color: true, tag: [], json: false };

describe("a script's own options", () => {
  it("reach the script with their types, beside the options of run", async () => {
    expect(await given("--log", "a.log")).toEqual(DEFAULTS);
    expect(
      await given(
        ...["--log=./x/../a.log", "--limit", "cpuMs=1000", "--top", "3", "--verbose", "--no-color"],
        ...["--tag", "a", "--offset", "-1.5", "--tag=--b", "--level", "warn"],
      ),
    ).toEqual({
      ...DEFAULTS,
      top: 3,
      level: "warn",
      verbose: true,
      color: false,
      tag: ["a", "--b"],
      offset: -1.5,
    });
  });

  it("follow -- when run has an option of that name itself", async () => {
    expect(await given("--log", "a.log", "--", "--json")).toEqual({ ...DEFAULTS, json: true });
    expect(await given("--", "--json", "--log", "b.log")).toEqual({ ...DEFAULTS, json: true, log: "b.log" });
    const both = await run("report.js", "--json", "--", "--json", "--log", "a.log");
    expect(both.code).toBe(0);
    expect(both.json()[0]).toMatchObject({
      type: "console",
      payload: { text: expect.stringContaining('"json":true') },
    });
  });

  it("may be given as --args too, checked alike, but not both ways at once", async () => {
    expect(await given("--args", '{"log":"a.log","top":"7"}')).toEqual({ ...DEFAULTS, top: 7 });
    const both = await run("report.js", "--args", '{"log":"a.log"}', "--top", "1");
    expect([both.code, both.stderr]).toEqual([
      2,
      "INVALID_REQUEST: Give either --args or the script's own options (--top 1), not both.\n",
    ]);
  });

  it.each([
    [
      ["--log", "a.log", "--tops", "3"],
      "INVALID_REQUEST: report.js has no parameter --tops. Did you mean --top?",
    ],
    [["--log", "a.log", "--tempalte", "x"], "Did you mean --template?"],
    [["--log", "a.log", "-x"], "report.js has no parameter -x."],
    [["--log", "a.log", "--no-top"], "report.js has no parameter --no-top."],
    [["--log", "a.log", "more"], '"more" belongs to no option'],
    [["--log"], "--log needs a value"],
    [["--log", "--verbose"], "--log needs a value: --log=value."],
    [["--top", "3"], "VALIDATION_ERROR: report.js: log is missing: give a file of the workspace"],
    [
      ["--log", "a.log", "--top", "3.5"],
      'top must be a whole number, not "3.5". See vm-workbench run report.js --help',
    ],
    [["--log", "../a.log"], "log must be a file of the workspace"],
    [["--log", "a.log", "--level", "loud"], 'level must be one of info, warn, not "loud".'],
    [["--log", "a.log", "--verbose=maybe"], "verbose must be true or false"],
    [["--args", "[1]"], "report.js declares parameters, so its arguments must be an object"],
    [["--args", '{"log":"a","colour":false}'], "colour is not one of its parameters: log, top,"],
  ])("%j ends with 2 and says what to do", async (args, message) => {
    const { code, stdout, stderr } = await run("report.js", ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("are refused as JSON where that is asked for", async () => {
    const { code, stderr, json } = await run("report.js", "--json");
    expect([code, stderr]).toEqual([2, ""]);
    expect(json()).toMatchObject([
      { type: "error", code: "VALIDATION_ERROR", details: { script: "report.js", parameters: ["log"] } },
    ]);
  });

  it("do not exist for a script that declares none: it takes --args alone", async () => {
    expect((await run("lib/plain.js", "--args", "[1]")).stdout).toBe("[1]\n");
    const refused = await run("lib/plain.js", "--top", "1");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("lib/plain.js has no parameter --top.");
    const misplaced = await run("--tempalte", "x", "lib/plain.js");
    expect(misplaced.code).toBe(2);
    expect(misplaced.stderr).toContain("There is no option --tempalte. Did you mean --template?");
  });

  it("are not guessed from a declaration that cannot be understood: its line is named", async () => {
    workspace.write("bad.js", "/**\n * @param {text} args.name\n */\n1");
    const { code, stderr } = await run("bad.js", "--name", "x");
    expect(code).toBe(2);
    expect(stderr).toContain("bad.js:2: name: There is no type {text}.");
  });
});

describe("run <script> --help", () => {
  it("lists the script's parameters with types, defaults and descriptions, then run's own options", async () => {
    const { code, stdout } = await run("report.js", "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Usage: vm-workbench run report\.js --log <file> \[options\]\n\nCounts what a log holds\.\n/,
    );
    expect(stdout).toMatch(/ {2}--log <file> +The log to read\. \(required\)\n/);
    expect(stdout).toMatch(/ {2}--top <integer> +How many lines to show\. \(default: 10\)\n/);
    expect(stdout).toMatch(/ {2}--level <choice> +\(one of info, warn; default: info\)\n/);
    expect(stdout).toMatch(/ {2}--verbose +Says more\.\n/);
    expect(stdout).toMatch(/ {2}--color +\(default: true; --no-color turns it off\)\n/);
    expect(stdout).toMatch(/ {2}--tag <string\[\]> +Only these\. \(may be repeated\)\n/);
    expect(stdout).toMatch(/ {2}-- --json +Writes JSON\.\n/);
    expect(stdout).toContain("--template <name|file>");
  });

  it("is the usual help without a script, and says what is wrong with one", async () => {
    expect((await run("--help")).stdout).toMatch(/^Usage: vm-workbench run <script>/);
    expect((await run("lib/plain.js", "--help")).stdout).toMatch(/^Usage: vm-workbench run <script>/);
    expect((await run("missing.js", "--help")).stdout).toContain('There is no file "missing.js"');
    workspace.write("bad.js", "/**\n * @param {text} args.name\n */\n1");
    expect((await run("bad.js", "--help")).stdout).toContain("bad.js:2: name: There is no type {text}.");
  });
});
