import { afterEach, describe, expect, test } from "vitest";
import { makeImageFile } from "../make-image";
import { openTestSession, type TestSession } from "../testing";
import { compileEngine } from "./compile";
import type { EngineImage } from "./engine-image";
import { readImage, writeImage } from "./engine-image";
import { createQuickJSEngine, type QuickJSEngine } from "./quickjs-engine";

const engines: QuickJSEngine[] = [];
const sessions: TestSession[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) engine.dispose();
  for (const session of sessions.splice(0)) await session.dispose();
});

async function builtImage(): Promise<EngineImage> {
  const { image } = await compileEngine();
  if (image === undefined) throw new Error("The engine's image is not built.");
  return image;
}

async function engineWith(memoryMb = 32, image?: EngineImage): Promise<(source: string) => unknown> {
  const { wasmModule } = await compileEngine();
  const compiled = { wasmModule, image: image ?? (await builtImage()) };
  const engine = await createQuickJSEngine({ memoryMb, stackKb: 256, compiled });
  engines.push(engine);
  return (source) => {
    const completion = engine.evalScript(source, "test.js", { strict: false });
    const handle = completion.ok ? completion.value : completion.error;
    const value = engine.toPrimitive(handle);
    handle.dispose();
    return value;
  };
}

describe("engines that begin with one image", () => {
  test("make random numbers of their own", async () => {
    const numbers = "Array.from({ length: 20 }, Math.random).join()";
    const texts = new Set<unknown>();
    for (let n = 0; n < 5; n++) texts.add((await engineWith())(numbers));
    expect(texts.size).toBe(5);
  });

  test("make random numbers between 0 and 1 that spread", async () => {
    const run = await engineWith();
    const counts = run(`const counts = new Array(10).fill(0);
      for (let n = 0; n < 10000; n++) counts[Math.floor(Math.random() * 10)]++;
      counts.join()`);
    const each = String(counts).split(",").map(Number);
    expect(each).toHaveLength(10);
    for (const count of each) expect(Math.abs(count - 1000)).toBeLessThan(250);
  });

  test("see nothing of each other", async () => {
    const first = await engineWith();
    const second = await engineWith();
    first("globalThis.secret = 1; Array.prototype.map = 'mine'; Object.prototype.hidden = 1");
    expect(second("typeof secret + typeof [].map + typeof ({}).hidden")).toBe("undefinedfunctionundefined");
    expect((await engineWith())("typeof secret")).toBe("undefined");
  });

  test("have their own memory limits", async () => {
    const hog =
      "let bytes = 0; try { const all = []; for (;;) all.push(new Uint8Array(1e6)), bytes += 1e6 } catch {} bytes";
    const small = Number((await engineWith(32))(hog));
    const large = Number((await engineWith(64))(hog));
    expect(small).toBeGreaterThan(8e6);
    expect(small).toBeLessThan(33e6);
    expect(large).toBeGreaterThan(small + 20e6);
  });
});

describe("an image", () => {
  test("depends on nothing but the engine and the prelude", async () => {
    const { TZ } = process.env;
    const first = await makeImageFile();
    process.env["TZ"] = "Pacific/Kiritimati";
    try {
      expect(Buffer.compare(await makeImageFile(), first)).toBe(0);
    } finally {
      if (TZ === undefined) delete process.env["TZ"];
      else process.env["TZ"] = TZ;
    }
  });

  test("comes back from its file", async () => {
    const image = await builtImage();
    const again = readImage(writeImage(image, "key"), "key");
    expect(again).toBeDefined();
    expect(again?.addresses).toEqual(image.addresses);
    expect((await engineWith(32, again))("6 * 7")).toBe(42);
  });

  test("is refused for another engine or prelude, and when the file is damaged", async () => {
    const file = writeImage(await builtImage(), "key");
    expect(readImage(file, "another key")).toBeUndefined();
    expect(readImage(file.subarray(0, file.length - 1), "key")).toBeUndefined();
    expect(readImage(file.subarray(0, 100), "key")).toBeUndefined();
    expect(readImage(file.subarray(10), "key")).toBeUndefined();
    expect(readImage(new Uint8Array(0), "key")).toBeUndefined();
  });

  test("is refused by an engine whose function table it does not fit", async () => {
    const image = await builtImage();
    const moved = { ...image, addresses: { ...image.addresses, rejectionSlot: 1 } };
    await expect(engineWith(32, moved)).rejects.toThrow("does not fit");
  });
});

describe("sessions", () => {
  const open = async (image: EngineImage | undefined): Promise<TestSession> => {
    const { wasmModule } = await compileEngine();
    const session = await openTestSession({ compiled: { wasmModule, image }, modules: { path: {} } });
    sessions.push(session);
    return session;
  };
  const program = `
    const seen = [typeof structuredClone, new URL("https://a.example/b").host, require("path").basename("/x/y")];
    setTimeout(() => console.log("timer"), 1);
    try { null.x } catch (error) { seen.push(error.name) }
    console.log(seen.join(), { a: [1, new Map([[1, 2]])] });
    seen.length`;

  test("are the same with the image and without one", async () => {
    const withImage = await open(await builtImage());
    const without = await open(undefined);
    const names = "Object.getOwnPropertyNames(globalThis).sort().join()";
    for (const code of [program, names]) {
      const [one, other] = [await withImage.run(code), await without.run(code)];
      expect(one.status).toBe("ok");
      expect(one.result).toEqual(other.result);
      expect(withImage.lines).toEqual(without.lines);
    }
  });

  test("have a clock of their own", async () => {
    const before = Date.now();
    const session = await open(await builtImage());
    await session.run(
      "console.log(performance.timeOrigin); console.log(performance.now()); console.log(Date.now())",
    );
    const after = Date.now();
    const [origin = 0, passed = -1, now = 0] = session.lines.map(Number);
    expect(origin).toBeGreaterThanOrEqual(before - 1);
    expect(origin).toBeLessThanOrEqual(after);
    expect(passed).toBeGreaterThanOrEqual(0);
    expect(passed).toBeLessThanOrEqual(after - before + 1);
    expect(now).toBeGreaterThanOrEqual(before);
  });

  test("report a promise that nobody handles", async () => {
    const session = await open(await builtImage());
    const outcome = await session.run("(async () => { throw new RangeError('lost') })(); 1");
    expect(outcome.error).toMatchObject({ name: "RangeError", message: "lost" });
  });
});
