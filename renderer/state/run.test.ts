import { describe, expect, test, vi } from "vitest";
import { createMemoryApi, makeTemplate } from "../testing/memory-api";
import { createWorkbench } from "./workbench";

async function setup() {
  const api = createMemoryApi({
    files: { "a.js": "1", "b.js": "2" },
    templates: [makeTemplate("Plain"), makeTemplate("Reports", { yaml: {} })],
  });
  const workbench = createWorkbench(api);
  await workbench.templates.load();
  await workbench.run.load();
  return {
    api,
    workbench,
    run: workbench.run,
    last: () => api.calls.findLast(({ name }) => name === "executions.start")?.input,
  };
}

describe("running", () => {
  test("the first run starts a session of the chosen template and keeps it for the next", async () => {
    const { api, run } = await setup();
    run.chooseScript("a.js");
    run.chooseTemplate("reports.template.json");
    const first = await run.run();
    expect(api.sessions[0]?.template.name).toBe("Reports");
    expect(run.running()).toBe(first?.id);
    if (first !== undefined) api.finish(first, {});
    expect(run.running()).toBeUndefined();
    await run.run();
    expect(api.sessions).toHaveLength(1);
  });

  test("another template means another session", async () => {
    const { api, run } = await setup();
    run.chooseScript("a.js");
    const first = await run.run();
    if (first !== undefined) api.finish(first, {});
    run.chooseTemplate("reports.template.json");
    expect(run.store.getState().session).toBeNull();
    await run.run();
    expect(api.sessions.map(({ template }) => template.name)).toEqual(["Plain", "Reports"]);
  });

  test("unsaved text runs as it stands in the editor", async () => {
    const { workbench, run, last } = await setup();
    run.chooseScript("a.js");
    await workbench.documents.open("a.js");
    workbench.documents.edit("a.js", "unsaved");
    await run.run();
    expect(last()).toMatchObject({ request: { kind: "runFile", path: "a.js", source: "unsaved" } });
  });

  test("a saved script is read by main", async () => {
    const { run, last } = await setup();
    run.chooseScript("a.js");
    await run.run();
    expect(last()).toMatchObject({ request: { kind: "runFile", path: "a.js" } });
    expect(last()).not.toHaveProperty("request.source");
  });

  test("a selection runs with its line, so that errors name the file's own lines", async () => {
    const { run, last } = await setup();
    run.chooseScript("a.js");
    await run.run({ source: "x", lineOffset: 4 });
    expect(last()).toMatchObject({ request: { source: "x", lineOffset: 4 } });
  });

  test("arguments and environment are remembered for each script", async () => {
    const { run, last } = await setup();
    run.setInput("a.js", { args: '{"days": 7}', env: { MODE: "test" } });
    run.chooseScript("a.js");
    const first = await run.run();
    expect(last()).toMatchObject({ request: { args: { days: 7 }, env: { MODE: "test" } } });
    expect(first).toBeDefined();
    expect(run.inputOf("b.js")).toEqual({ args: "", env: {} });
  });

  test("arguments that are not JSON are refused with a sentence", async () => {
    const { run } = await setup();
    run.setInput("a.js", { args: "{days", env: {} });
    run.chooseScript("a.js");
    await expect(run.run()).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    expect(run.store.getState().phase).toEqual({ kind: "idle" });
  });

  test("without a script the error says what to do", async () => {
    const { run } = await setup();
    await expect(run.run()).rejects.toThrow("Choose a script");
  });

  test("the window shows that it starts before main has answered", async () => {
    const { run } = await setup();
    run.chooseScript("a.js");
    const running = run.run();
    expect(run.store.getState().phase.kind).toBe("starting");
    await running;
  });

  test("Stop asks main to stop what runs in the chosen session, and is harmless otherwise", async () => {
    const { api, run } = await setup();
    expect(await run.stop()).toBeUndefined();
    run.chooseScript("a.js");
    const execution = await run.run();
    expect(await run.stop()).toContain("keeps its state");
    expect(api.calls.findLast(({ name }) => name === "executions.stop")?.input).toEqual({
      id: execution?.id,
    });
  });

  test("Stop while a session starts keeps the script from running", async () => {
    const { api, run } = await setup();
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const original = makeTemplate("Slow");
    api.answer("sessions.create", async () => {
      await gate;
      return {
        session: {
          id: crypto.randomUUID() as never,
          name: "Slow",
          status: "ready",
          template: original,
          createdAt: 0,
        },
      };
    });
    run.chooseScript("a.js");
    const running = run.run();
    await run.stop();
    release();
    expect(await running).toBeUndefined();
    expect(api.calls.some(({ name }) => name === "executions.start")).toBe(false);
  });

  test("Stop while main starts the script stops it as soon as it is there", async () => {
    const { api, run } = await setup();
    run.chooseScript("a.js");
    const first = await run.run();
    if (first === undefined) throw new Error("Nothing ran.");
    api.finish(first, {});
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const second = { ...first, id: crypto.randomUUID() as never };
    api.answer("executions.start", async () => {
      await gate;
      return { execution: second };
    });
    const running = run.run();
    await vi.waitFor(() =>
      expect(api.calls.filter(({ name }) => name === "executions.start")).toHaveLength(2),
    );
    await run.stop();
    expect(api.calls.some(({ name }) => name === "executions.stop")).toBe(false);
    release();
    await running;
    expect(api.calls.findLast(({ name }) => name === "executions.stop")?.input).toEqual({ id: second.id });
  });

  test("a session that closes is no longer chosen", async () => {
    const { run, workbench } = await setup();
    const session = await run.startSession();
    if (session !== undefined) await workbench.sessions.close(session.id);
    expect(run.store.getState().session).toBeNull();
  });
});

test("enabling a module adds it, starts a session with the changed template and runs again", async () => {
  const { api, workbench, run } = await setup();
  run.chooseScript("a.js");
  const first = await run.run();
  if (first !== undefined) api.finish(first, { status: "error" });
  workbench.enableModule.ask({ kind: "module", name: "fs" }, { rerun: true });
  expect(workbench.enableModule.store.getState().request).toMatchObject({
    name: "fs",
    template: "plain.template.json",
  });
  await workbench.enableModule.accept();
  expect(api.sessions.map(({ status, template }) => [status, Object.keys(template.modules)])).toEqual([
    ["closed", []],
    ["ready", ["fs"]],
  ]);
  await vi.waitFor(() => expect(run.running()).toBeDefined());
});

test("without a template the offer makes one, chooses it and runs again with it", async () => {
  const { api, workbench, run } = await setup();
  run.chooseTemplate(null);
  run.chooseScript("a.js");
  const first = await run.run();
  if (first !== undefined) api.finish(first, { status: "error" });
  workbench.enableModule.ask({ kind: "library", name: "lodash" }, { rerun: true });
  await workbench.enableModule.accept();
  expect(workbench.templates.get(run.store.getState().template ?? "")?.name).toBe("Mine");
  expect(api.sessions.at(-1)?.template.libraries).toEqual(["lodash"]);
  await vi.waitFor(() => expect(run.running()).toBeDefined());
});
