import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ipcRequests, type IpcRequestName } from "../../shared/ipc/contract";
import { WorkbenchError } from "../../shared/model/error";
import { dispatch, type IpcHandlers } from "./router";

/** Handlers that record what reached them; `overrides` answer for real. */
function recordingHandlers(overrides: Partial<IpcHandlers> = {}): {
  handlers: IpcHandlers;
  reached: string[];
} {
  const reached: string[] = [];
  const handlers = Object.fromEntries(
    Object.keys(ipcRequests).map((name) => [
      name,
      (input: never) => {
        reached.push(name);
        return (overrides[name as IpcRequestName] as ((input: never) => unknown) | undefined)?.(input) ?? {};
      },
    ]),
  ) as unknown as IpcHandlers;
  return { handlers, reached };
}

const silent = () => undefined;

describe("the request router", () => {
  it("answers with the handler's value in an envelope", async () => {
    const { handlers } = recordingHandlers({ "repl.check": () => ({ state: "complete" }) });
    expect(await dispatch(handlers, "repl.check", { source: "1" }, silent)).toEqual({
      ok: true,
      value: { state: "complete" },
    });
  });

  it("hands a handler what the contract describes: defaults filled in, unknown keys left out", async () => {
    const inputs: unknown[] = [];
    const { handlers } = recordingHandlers({
      "executions.list": (input) => {
        inputs.push(input);
        return { executions: [] };
      },
    });
    await dispatch(handlers, "executions.list", { text: "x", extra: 1 }, silent);
    expect(inputs).toEqual([{ text: "x", limit: 100 }]);
  });

  it("keeps code, message and details of an error", async () => {
    const { handlers } = recordingHandlers({
      "repl.check": () => {
        throw new WorkbenchError("SESSION_BUSY", "It runs.", { id: 1 });
      },
    });
    expect(await dispatch(handlers, "repl.check", { source: "1" }, silent)).toEqual({
      ok: false,
      error: { code: "SESSION_BUSY", message: "It runs.", details: { id: 1 } },
    });
  });

  it("refuses names that are not in the contract, prototype keys among them", async () => {
    const { handlers, reached } = recordingHandlers();
    for (const name of ["nope", "__proto__", "constructor", "toString", 1, null, undefined, {}]) {
      expect(await dispatch(handlers, name, {}, silent)).toMatchObject({
        ok: false,
        error: { code: "INVALID_REQUEST" },
      });
    }
    expect(reached).toEqual([]);
  });

  it("hides an answer that breaks the contract and logs it", async () => {
    const { handlers } = recordingHandlers({ "repl.check": () => ({ state: "wrong" }) as never });
    const logged: string[] = [];
    const answer = await dispatch(handlers, "repl.check", { source: "1" }, (message) => logged.push(message));
    expect(answer).toMatchObject({ ok: false, error: { code: "INTERNAL" } });
    expect(logged.join()).toContain("broke the contract");
  });

  it("refuses what has no end, or none that anybody could wait for, which structured cloning lets through", async () => {
    const { handlers, reached } = recordingHandlers();
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    let deep: unknown = 1;
    for (let depth = 0; depth < 200_000; depth++) deep = [deep];
    let wide: unknown = "twice";
    for (let depth = 0; depth < 60; depth++) wide = { a: wide, b: wide };
    for (const value of [cyclic, deep, wide]) {
      expect(await dispatch(handlers, "app.setState", { key: "tabs", value }, silent)).toMatchObject({
        ok: false,
        error: { code: "INVALID_REQUEST" },
      });
    }
    expect(reached).toEqual([]);
  });

  it("lets no junk reach a handler, whatever the request", async () => {
    const names = Object.keys(ipcRequests) as IpcRequestName[];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.anything({ withNullPrototype: true, withBigInt: true }),
        async (name, input) => {
          const { handlers, reached } = recordingHandlers();
          const answer = await dispatch(handlers, name, input, silent);
          const fits = ipcRequests[name].input.safeParse(input).success;
          expect(reached).toEqual(fits ? [name] : []);
          if (!fits) expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST" } });
        },
      ),
      { numRuns: 500 },
    );
  });
});
