import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { moduleConfigSchema, type TemplateInput } from "../../../../shared/model/template";
import { openTestSession, type TestSession } from "../../../vm/testing";
import type { AnyNativeModule, HostContext, HostFunction, HostModule, WireValue } from "../../record";
import { registry } from "../../registry";
import { makeHostContext, makeWorkspace } from "../host-context";
import { SAMPLE_FILES } from "../sample-files";
import { FUNCTIONS_OF, JUNK, JUNK_COUNT, POLLUTIONS, REENTRANT } from "./attacks";
import { openThreadSession } from "./thread-session";
import { traitsOf, type HostilityTraits } from "./traits";

const projectRoot = join(import.meta.dirname, "..", "..", "..", "..");
const sessions: TestSession[] = [];

async function open(
  record: AnyNativeModule,
  config: unknown,
  limits: NonNullable<TemplateInput["limits"]> = {},
): Promise<TestSession> {
  const session = await openTestSession({
    modules: { [record.name]: moduleConfigSchema.parse(config) },
    files: SAMPLE_FILES,
    template: { limits: { maxOutputKb: 4096, ...limits } },
  });
  sessions.push(session);
  return session;
}
const withExample = (record: AnyNativeModule, limits = {}): Promise<TestSession> =>
  open(record, record.exampleConfig, limits);

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose({ leaks: "ignore" });
});

/** Fails when a text shows something of the host: a file of the application, a frame of Node, a fault of our own code. */
function expectNothingOfTheHost(text: string): void {
  for (const forbidden of [
    projectRoot,
    "node:internal",
    "file:///proc",
    "/proc/self",
    `${homedir()}/.`,
    "quickjs-emscripten",
    "INTERNAL",
  ]) {
    expect(text).not.toContain(forbidden);
  }
  // How V8 words it when host code trips over an argument; QuickJS words it otherwise.
  expect(text).not.toMatch(
    /Cannot read propert|Cannot destructure|Cannot convert undefined or null|is not iterable \(|reading '/,
  );
}

const loadAs = (name: string): string =>
  `const ${/^[a-z]\w*$/i.test(name) ? name : "loaded"} = require(${JSON.stringify(name)});`;
/** Sockets, timers and requests that keep this process busy. */
const resources = (): number =>
  process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Pipe|Process|Timeout|DNS|FSReq/.test(name))
    .length;
const openFiles = (): number => readdirSync("/proc/self/fd").length;
const children = (): number =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").split(" ").filter(Boolean).length;

const NO_TRAITS: HostilityTraits = { handles: [], denied: [] };
const declared = new Map<AnyNativeModule, HostilityTraits | undefined>();
for (const record of registry.list()) declared.set(record, await traitsOf(record));

describe.each(registry.list().map((record) => [record.name, record] as const))("%s", (name, record) => {
  const { handles, denied, surroundings, held } = declared.get(record) ?? NO_TRAITS;

  it("declares what scripts can open and what is refused", () => {
    expect(declared.get(record), `main/modules/${name}/hostility.ts`).toBeDefined();
    const workspace = makeWorkspace();
    const host = record.createHost?.(
      record.configSchema.parse(record.exampleConfig),
      makeHostContext(workspace.path),
    );
    workspace.dispose();
    if (host?.dispose !== undefined || host?.executionEnded !== undefined) {
      expect(handles, "its host half releases something at the end: what scripts open").not.toEqual([]);
    }
    const { properties } = z.toJSONSchema(record.configSchema, { io: "input", unrepresentable: "any" });
    if (Object.keys(properties ?? {}).length > 0)
      expect(denied, "it has a configuration: what that denies by default").not.toEqual([]);
  });

  it("answers junk with errors that a script can catch and that show nothing of the host", async () => {
    const calls = fc.array(fc.tuple(fc.nat(1000), fc.array(fc.nat(JUNK_COUNT), { maxLength: 4 })), {
      minLength: 150,
      maxLength: 150,
    });
    await fc.assert(
      fc.asyncProperty(calls, async (plan) => {
        const session = await openThreadSession(record, { wallMs: 3000, cpuMs: 3000, maxOutputKb: 4096 });
        const { outcome, lines } = await session.run(`
          ${JUNK}
          ${FUNCTIONS_OF}
          const report = (name, error) => {
            let text = "unreadable";
            try { text = error instanceof Error ? [error.name, error.code, error.message, error.stack].map(String).join(" | ") : typeof error; } catch {}
            console.log("caught " + name + ": " + text.slice(0, 2000));
          };
          const functions = functionsOf(require(${JSON.stringify(name)}));
          for (const [which, positions] of functions.length === 0 ? [] : ${JSON.stringify(plan)}) {
            const [label, call] = functions[which % functions.length];
            try {
              const result = call(...positions.map((position) => junk[position % junk.length]));
              if (result instanceof Promise) result.then(() => undefined, (error) => report(label, error));
            } catch (error) {
              report(label, error);
            }
          }
          console.log("done");`);
        await session.dispose();
        // A thread that had to be killed is a promise of its own (the limit); here every call has to come back.
        expect(["ok", "timeout", "error"], outcome?.error?.message).toContain(outcome?.status);
        expect(outcome?.error?.code).not.toBe("INTERNAL");
        // Callbacks of the junk may throw when they are called later: the script's own errors. No call itself got through.
        if (outcome?.error?.code?.endsWith("_LIMIT_EXCEEDED") !== true) expect(lines).toContain("done");
        expectNothingOfTheHost(`${outcome?.error?.message} ${outcome?.error?.stack}`);
        for (const line of lines) expectNothingOfTheHost(line);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it.each(Object.entries(POLLUTIONS))("gives nothing more after pollution: %s", async (_what, pollution) => {
    const attempts = denied.map(
      (expression) =>
        `try { await null; await (${expression}); console.log("allowed"); } catch (error) { console.log(error?.code === "PERMISSION_DENIED" ? "denied" : "failed " + error); }`,
    );
    // Before the module is loaded, and between its calls.
    for (const [first, second] of [
      [pollution, loadAs(name)],
      [loadAs(name), pollution],
    ]) {
      const session = await open(record, {}, { wallMs: 700 });
      const outcome = await session.run(`${first}\n${second}\n${attempts.join("\n")}`);
      expect(session.lines.filter((line) => line.includes("allowed"))).toEqual([]);
      expect(outcome.error?.code).not.toBe("INTERNAL");
      expect(["ok", "error", "timeout"]).toContain(outcome.status);
      expectNothingOfTheHost(JSON.stringify([session.lines, outcome.error?.message, outcome.error?.stack]));
      // The session is not lost: what it can still do may be little, but it answers.
      expect((await session.run("1 + 1")).status).not.toBe("crashed");
    }
  });

  it("refuses by default what it is to refuse", async () => {
    const session = await open(record, {});
    for (const expression of denied) {
      const outcome = await session.run(
        `${loadAs(name)}\ntry { await null; await (${expression}); console.log("allowed"); } catch (error) { console.log(error.code); }`,
      );
      expect(outcome.error).toBeUndefined();
      expect(session.lines, expression).toEqual(["PERMISSION_DENIED"]);
    }
  });

  it("answers forged bridge calls with plain errors, and outside its grants nothing changes", async () => {
    const area = makeWorkspace();
    const outside = join(area.path, "outside.txt");
    writeFileSync(outside, "untouched");
    const workspace = makeWorkspace();
    const context = makeHostContext(workspace.path);
    const host = record.createHost?.(record.configSchema.parse(record.exampleConfig), context);
    const forged = fc.array(wireValues([outside, `../${basename(dirname(outside))}/outside.txt`]), {
      maxLength: 5,
    });
    const functions = Object.entries(host?.functions ?? {});
    if (functions.length > 0) {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...functions), forged, async ([label, fn], args) => {
          const answer = await settled(label, () =>
            (fn as unknown as (...values: unknown[]) => unknown)(...args),
          );
          if (answer !== undefined) expectNothingHidden(answer);
        }),
        { numRuns: 300 },
      );
    }
    await host?.executionEnded?.();
    await host?.dispose?.();
    expect(readFileSync(outside, "utf8")).toBe("untouched");
    expect(readdirSync(area.path)).toEqual(["outside.txt"]);
    area.dispose();
    workspace.dispose();
  });

  it("does nothing any more when its session has ended", async () => {
    let reached = 0;
    const counting: AnyNativeModule = {
      ...record,
      ...(record.createHost === undefined
        ? {}
        : {
            createHost: (config: never, context: HostContext): HostModule => {
              const host = record.createHost?.(config, context) ?? { functions: {} };
              const counted = Object.entries(host.functions).map(([label, call]): [string, HostFunction] => [
                label,
                (...args) => ((reached += 1), call(...args)),
              ]);
              return { ...host, functions: Object.fromEntries(counted) };
            },
          }),
    };
    const session = await openTestSession({
      modules: { [name]: moduleConfigSchema.parse(record.exampleConfig) },
      files: SAMPLE_FILES,
      records: [counting],
    });
    sessions.push(session);
    const everything = [record.example, ...record.members.map((member) => member.example)];
    // As it stands in the session, the module is at hand: nothing has to be loaded any more.
    await session.run(record.example);
    await session.runtime.dispose();
    const before = { files: openFiles(), children: children(), held: held?.() ?? 0 };
    reached = 0;
    for (const example of everything) await session.run(example);
    expect(reached).toBe(0);
    expect(children()).toBeLessThanOrEqual(before.children);
    expect(openFiles()).toBeLessThanOrEqual(before.files);
    expect(held?.() ?? 0).toBeLessThanOrEqual(before.held);
    // Again: ending is idempotent.
    await session.runtime.dispose();
  });

  it("shares no state between sessions", async () => {
    const [one, other] = [await withExample(record), await withExample(record)];
    await one.run(`${loadAs(name)}
      const loaded_ = require(${JSON.stringify(name)});
      for (const key of Object.keys(loaded_)) { try { loaded_[key] = "spoilt"; } catch {} }
      try { loaded_.canary = 1; } catch {}
      try { Object.getPrototypeOf(loaded_).canary = 1; } catch {}`);
    await other.run(`const loaded_ = require(${JSON.stringify(name)});
      console.log(JSON.stringify([loaded_.canary === undefined, Object.values(loaded_).includes("spoilt"), globalThis.canary === undefined]));`);
    expect(other.lines).toEqual(["[true,false,true]"]);
    expect((await other.run(record.example)).error).toBeUndefined();
  });

  it("adds nothing to the globals", async () => {
    const session = await withExample(record);
    const list = "JSON.stringify(Object.getOwnPropertyNames(globalThis).sort())";
    await session.run(`console.log(${list}); ${loadAs(name)} console.log(${list});`);
    expect(session.lines[1]).toBe(session.lines[0]);
  });

  it("stands arguments and callbacks that call it while it is at work", async () => {
    const session = await withExample(record, { wallMs: 5000, cpuMs: 5000 });
    const outcome = await session.run(`
      ${FUNCTIONS_OF}
      ${REENTRANT}
      callAgainFromWithin(functionsOf(require(${JSON.stringify(name)})));
      console.log("done");`);
    expect(["ok", "timeout", "error"], outcome.error?.message).toContain(outcome.status);
    expect(outcome.error?.code).not.toBe("INTERNAL");
    if (outcome.error?.code?.endsWith("_LIMIT_EXCEEDED") !== true) expect(session.lines).toContain("done");
    expectNothingOfTheHost(JSON.stringify([session.lines, outcome.error?.message, outcome.error?.stack]));
    expect((await session.run("1 + 1")).result?.preview).toBe("2");
  });

  // One that opens nothing releases nothing, whatever its example does.
  const opened =
    handles.length > 0 ? handles : [{ what: "what its example opens", open: undefined, count: 1 }];
  it.each(opened.map((handle) => [handle.count ?? 10_000, handle.what, handle] as const))(
    "releases %d %s when its session ends",
    async (count, _what, handle) => {
      const around = await surroundings?.();
      await record.prepare?.();
      const before = {
        files: openFiles(),
        children: children(),
        resources: resources(),
        held: held?.() ?? 0,
      };
      const session = await open(record, around?.config ?? record.exampleConfig, {
        wallMs: 60_000,
        cpuMs: 60_000,
        memoryMb: 512,
      });
      const work =
        handle.open === undefined
          ? `${record.example}\nconsole.log("opened 1");`
          : `${loadAs(name)} ${around?.script ?? ""} ${handle.before ?? ""}
            globalThis.kept = [];
            for (let i = 0; i < ${count}; i++) kept.push(${handle.open});
            kept.forEach((handle) => handle?.catch?.(() => undefined));
            console.log("opened " + kept.length);`;
      const running = session.run(work);
      await vi.waitUntil(() => session.lines.includes(`opened ${count}`), { timeout: 60_000 });
      // Handles that keep an execution alive are let go by stopping it.
      session.runtime.stop();
      expect(["ok", "cancelled"]).toContain((await running).status);
      await session.dispose({ leaks: "ignore" });
      sessions.splice(sessions.indexOf(session), 1);
      // Sockets of the other side, and what the system tidies up, take a moment.
      await vi.waitFor(
        () => {
          expect(openFiles()).toBeLessThanOrEqual(before.files + 2);
          expect(children()).toBeLessThanOrEqual(before.children);
          // What waits here has timers of its own.
          expect(resources()).toBeLessThanOrEqual(before.resources + 2);
          expect(held?.() ?? 0).toBeLessThanOrEqual(before.held);
        },
        { timeout: 20_000 },
      );
      around?.dispose();
    },
    120_000,
  );
});

/** Anything that the bridge can carry, with names that have been dangerous somewhere. */
function wireValues(paths: readonly string[]): fc.Arbitrary<WireValue> {
  const names = fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "is",
    "items",
    "entries",
    "href",
    "name",
    "path",
    "encoding",
    "flag",
    "recursive",
    "force",
    "data",
  );
  const kinds = fc.constantFrom(
    "url",
    "array",
    "object",
    "bare",
    "function",
    "symbol",
    "instance",
    "value",
    "__proto__",
  );
  const leaf: fc.Arbitrary<WireValue> = fc.oneof(
    fc.constantFrom<WireValue>(undefined, null, true, false, Number.NaN, -0, 2 ** 53, -1),
    fc.double(),
    fc.bigInt(),
    fc.string({ maxLength: 20 }),
    fc.constantFrom(...paths, "..", "/", "\0", "/etc/passwd"),
    fc.uint8Array({ maxLength: 8 }),
    kinds,
  );
  const { tree } = fc.letrec<{ tree: WireValue }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(names, tie("tree"), { maxKeys: 4 }),
      fc.record({
        is: kinds,
        items: fc.array(tie("tree"), { maxLength: 3 }),
        entries: fc.dictionary(names, tie("tree"), { maxKeys: 3 }),
        href: leaf,
        name: leaf,
      }),
    ),
  }));
  return tree;
}

const FORGED_CALL_MS = 5000;

/** What a call threw or rejected with; fails when it neither answers nor refuses. */
async function settled(label: string, call: () => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${label} does not settle`)), FORGED_CALL_MS);
  });
  try {
    const result = Promise.resolve().then(call);
    await Promise.race([result, silence]);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.message === `${label} does not settle`) throw thrown;
    return thrown;
  } finally {
    clearTimeout(timer);
  }
}

function expectNothingHidden(thrown: unknown): void {
  expect(thrown).toBeInstanceOf(Error);
  const { message } = thrown as Error;
  for (const forbidden of [projectRoot, "node:internal", "/proc/self"])
    expect(message).not.toContain(forbidden);
}
