import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { moduleConfigSchema } from "../../shared/model/template";
import { registry } from "../modules/registry";
import { SAMPLE_FILES } from "../modules/testing/sample-files";
import { traitsOf, type Surroundings } from "../modules/testing/hostility/traits";
import { TestWorkspace } from "./testing/test-workspace";
import { SLACK_MS } from "../testing/slack";

let workspace: TestWorkspace;
let around: Surroundings | undefined;
beforeEach(() => {
  workspace = new TestWorkspace();
  for (const [path, content] of Object.entries(SAMPLE_FILES)) {
    mkdirSync(dirname(join(workspace.root, path)), { recursive: true });
    writeFileSync(join(workspace.root, path), content);
  }
  // Sparse: it takes no room until somebody copies it.
  writeFileSync(join(workspace.root, "huge.bin"), "");
  truncateSync(join(workspace.root, "huge.bin"), 8 * 1024 ** 3);
});
afterEach(async () => {
  await workspace.dispose();
  around?.dispose();
  around = undefined;
});

const LIMIT_MS = 400;

const cases = await Promise.all(
  registry.list().map(async (record) => ({ record, traits: await traitsOf(record) })),
);

it("every module whose host half works for scripts says what takes long in it", () => {
  const silent = cases.filter(
    ({ record, traits }) => record.createHost !== undefined && traits?.slow === undefined,
  );
  // What these do is done in microseconds.
  expect(silent.map(({ record }) => record.name)).toEqual(["buffer", "os"]);
});

describe.each(
  cases.flatMap(({ record, traits }) => (traits?.slow ?? []).map((code) => ({ record, traits, code }))),
)("$record.name: $code", ({ record, traits, code }) => {
  it.each(["limit", "Stop"])(
    "ends with its execution, by a %s, and other sessions do not notice",
    async (how) => {
      around = await traits?.surroundings?.();
      const config = record.configSchema.parse(around?.config ?? record.exampleConfig);
      const ms = how === "limit" ? LIMIT_MS : 600_000;
      const session = await workspace.session({
        modules: { [record.name]: moduleConfigSchema.parse(config) },
        limits: { cpuMs: ms, wallMs: ms },
      });
      const other = await workspace.session();
      const source = `const ${record.name} = require("${record.name}"); ${around?.script ?? ""} console.log("started"); ${code}`;
      const begin = performance.now();
      const { execution, finished } = workspace.sessions.execute(session.id, { kind: "repl", source });
      await workspace.until(
        (notice) =>
          notice.type === "events" && notice.executionId === execution.id && notice.events.length > 0,
      );
      const begun = performance.now();
      if (how === "Stop") await workspace.sessions.stop(execution.id);
      expect((await workspace.repl(other.id, "1 + 1")).result?.preview).toBe("2");
      const ended = await finished;
      const took = performance.now() - (how === "Stop" ? begun : begin);
      expect(["timeout", "cancelled", "error"], ended.error?.message).toContain(ended.status);
      expect(took).toBeLessThan((how === "Stop" ? 0 : LIMIT_MS) + SLACK_MS);
      expect(workspace.sessions.get(session.id).status).toBe("ready");
      expect((await workspace.repl(session.id, "1 + 1")).result?.preview).toBe("2");
    },
  );
});
