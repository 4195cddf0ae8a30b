import { afterEach, describe, expect, test } from "vitest";
import type { ExecutionOutcome } from "./session-runtime";
import { openTestSession, type TestSession } from "./testing";

/* The host reads code too, before the engine does: to take types out, to let it be declared again. Its stack is no deeper. */

let session: TestSession;
afterEach(() => session.dispose({ leaks: "ignore" }));

const DEPTH = 200_000;
const CODE: Record<string, string> = {
  parentheses: `${"(".repeat(DEPTH)}1${")".repeat(DEPTH)}`,
  "a chain of members": `var a = {}; a.a = a; a${".a".repeat(DEPTH)};`,
  "a chain of calls": `const f = () => f; f${"()".repeat(DEPTH)};`,
  blocks: "{".repeat(DEPTH) + "}".repeat(DEPTH),
  "conditions behind conditions": `${"1 ? 1 : ".repeat(DEPTH)}2`,
  arrows: `${"a => ".repeat(DEPTH)}1`,
};

describe.each(Object.entries(CODE))(
  "code that is nested as deeply as nobody writes it (%s)",
  (_what, code) => {
    const LIMITS = { cpuMs: 20_000, wallMs: 20_000 };
    test.each<[string, (code: string) => Promise<ExecutionOutcome>]>([
      ["in the REPL", (text) => session.repl(text)],
      ["with types in the REPL", (text) => session.repl(`var typed: number = 1; ${text}`)],
      ["in a script", (text) => session.run(text)],
      ["in TypeScript", (text) => session.execute({ kind: "runFile", path: "a.ts", source: text })],
      ["in a module", (text) => session.execute({ kind: "runFile", path: "a.mjs", source: text })],
      [
        "in a startup file",
        (text) => session.execute({ kind: "startup", path: "a.js", mode: "eval", source: text }),
      ],
      [
        "behind an import that fails",
        (text) =>
          session.execute({ kind: "runFile", path: "b.mjs", source: `import "./none.mjs";\n${text}` }),
      ],
    ])("%s costs nobody the session", async (_where, run) => {
      session = await openTestSession({ template: { limits: LIMITS } });
      const { status, error } = await run(code);
      expect(["ok", "error", "timeout"], JSON.stringify(error)).toContain(status);
      expect(error?.code).not.toBe("INVALID_PATH");
      expect(await session.repl("1 + 1")).toMatchObject({ status: "ok", result: { json: 2 } });
    });
  },
);
