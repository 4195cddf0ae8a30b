import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { assetPath } from "../core/assets";
import { libraryIds } from "../libraries/catalogue";
import { parseTemplate } from "../templates/parse";
import { applicationRules } from "../templates/rules";
import { openTestSession, type TestSession } from "../vm/testing";
import { sampleFiles } from "./sample";

let session: TestSession | undefined;
afterEach(async () => {
  await session?.dispose({ leaks: "ignore" });
});

/** A session in a copy of the sample workspace, from one of its templates. */
async function open(name: string): Promise<TestSession> {
  const files = Object.fromEntries(
    sampleFiles().map((path) => [path, readFileSync(assetPath("sample", path))]),
  );
  const source = String(files[`templates/${name}.template.json`]);
  const { template } = parseTemplate(source, applicationRules(libraryIds()), name);
  if (template === undefined) throw new Error(`${name} is broken.`);
  const { modules, libraries, id: _id, ...rest } = template;
  session = await openTestSession({ modules, libraries, template: rest, files });
  return session;
}

test("the report reads the log, counts, and is written", async () => {
  const { runFile, workspaceRoot } = await open("log-report");
  const outcome = await runFile("scripts/report.js");
  expect(outcome).toMatchObject({
    status: "ok",
    result: { json: { requests: 378, failed: 10, slow: 15, report: "out/report.md" } },
  });
  expect(session?.lines.join("\n")).toContain("378 requests");
  expect(readFileSync(join(workspaceRoot, "out", "report.md"), "utf8")).toContain(
    "## Most asked for\n\n| path | requests |",
  );
});

test("the same report in the plain template says which module is missing", async () => {
  const { runFile } = await open("plain");
  expect(await runFile("scripts/report.js")).toMatchObject({
    status: "error",
    error: { code: "MODULE_NOT_ENABLED", location: { path: "scripts/report.js", line: 3 } },
  });
});

test.each([
  ["scripts/hello.js", "Hello from QuickJS!"],
  ["scripts/prices.ts", "Total: 255.21"],
  ["scripts/timers.js", "tick"],
])("%s runs in the plain template", async (path, line) => {
  const { runFile } = await open("plain");
  expect(await runFile(path)).toMatchObject({ status: "ok" });
  expect(session?.lines.join("\n")).toContain(line);
});

test("the failing script names its line and its cause", async () => {
  const { runFile } = await open("plain");
  expect(await runFile("scripts/fails.js")).toMatchObject({
    status: "error",
    error: {
      name: "Error",
      message: "Line 3 cannot be added up",
      location: { path: "scripts/fails.js", line: 13 },
    },
  });
});

test("the search finds what its parameters say", async () => {
  const { runFile } = await open("log-report");
  const outcome = await runFile("scripts/find-requests.js", {
    args: { path: "/products", top: 3, outcome: "any", robots: false, log: "data/access.log" },
  });
  expect(outcome).toMatchObject({ status: "ok", result: { json: { found: expect.any(Number) } } });
  expect(session?.lines.join("\n")).toMatch(/^[1-9]\d* requests to \/products…/);
});

test("the endless loop ends at its template's limit, and the session goes on", async () => {
  const { runFile, repl } = await open("plain");
  expect(await runFile("scripts/endless.js")).toMatchObject({
    status: "timeout",
    error: { code: "CPU_LIMIT_EXCEEDED" },
  });
  expect(await repl("1 + 1")).toMatchObject({ status: "ok", result: { preview: "2" } });
});

test("the startup file's helpers are there for scripts", async () => {
  const { execute, runFile } = await open("with-helpers");
  expect(await execute({ kind: "startup", path: "startup/helpers.js", mode: "eval" })).toMatchObject({
    status: "ok",
  });
  expect(await runFile("scripts/money.js")).toMatchObject({ status: "ok", result: { json: "179.40 €" } });
});
