import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { BareWorker, benchFolder } from "./bare";
import { cpuTimed, inTurns, median, quantile, ratio, SAMPLES, timed, type Figure } from "./measure";
import { Product } from "./product";

const MEGABYTE = 1_000_000;
const THREE_MODULES = { fs: { roots: [{ path: ".", access: "read-write" }] }, path: {}, yaml: {} };

/** Six programs of different kinds, on both sides, as scripts in fresh scopes of one engine. */
export async function compute(): Promise<Figure[]> {
  const product = new Product();
  const folder = benchFolder();
  const bare = await BareWorker.start(folder);
  const session = await product.session();
  const figures: Figure[] = [];
  for (const file of readdirSync(join(folder, "programs")).sort()) {
    const source = `(() => {\n${asFunction(readFileSync(join(folder, "programs", file), "utf8"))}\n})()`;
    const { bare: bareMs, ours } = await inTurns(
      () => timed(() => bare.evaluate(source)),
      () => timed(() => product.run(session, source)),
    );
    figures.push(
      ratio(`compute: ${file.replace(".js", "")}`, ours / bareMs, { atMost: 1.05 }, { bareMs, oursMs: ours }),
    );
  }
  await bare.end();
  await product.dispose();
  return figures;
}

/** The value of a program is its last statement. */
function asFunction(program: string): string {
  const lines = program.trimEnd().split("\n");
  let start = lines.length - 1;
  while (start > 0 && /^[\s.})]/.test(lines[start] ?? "")) start--;
  return [...lines.slice(0, start), `return ${lines.slice(start).join("\n")}`].join("\n");
}

/** `1 + 1` from request to stored end, over the bare worker's evaluation of it. */
export async function roundTrip(): Promise<Figure[]> {
  const product = new Product();
  const bare = await BareWorker.start(benchFolder());
  const session = await product.session();
  const { bare: bareMs, ours } = await inTurns(
    () => timed(() => bare.evaluate("1 + 1")),
    () => timed(() => product.run(session, "1 + 1")),
    300,
  );
  await bare.end();
  await product.dispose();
  const over = ours - bareMs;
  return [
    {
      name: "1 + 1, over bare",
      target: "≤ 0.3 ms",
      value: over,
      unit: "ms",
      met: over <= 0.3,
      details: { bareMs, oursMs: ours },
    },
  ];
}

/** A new session with three modules: with a spare host waiting, and without. */
export async function newSession(): Promise<Figure[]> {
  const template = Product.template({ modules: THREE_MODULES });
  const warmProduct = new Product(1);
  const warm: number[] = [];
  for (let n = 0; n <= SAMPLES; n++) {
    // Long enough for the spare to be there.
    await sleep(600);
    const before = performance.now();
    const session = await warmProduct.session(template);
    const took = performance.now() - before;
    if (n > 0) warm.push(took);
    await warmProduct.workbench.sessions.delete(session.id);
  }
  await warmProduct.dispose();

  const coldProduct = new Product(0);
  const cpu = { bare: [] as number[], ours: [] as number[] };
  const { bare, ours } = await inTurns(
    async () => {
      const before = performance.now();
      const worker = await cpuTimed(() => BareWorker.start(benchFolder()), cpu.bare);
      const took = performance.now() - before;
      await worker.end();
      return took;
    },
    async () => {
      const before = performance.now();
      const session = await cpuTimed(() => coldProduct.session(template), cpu.ours);
      const took = performance.now() - before;
      await coldProduct.workbench.sessions.delete(session.id);
      return took;
    },
    SAMPLES * 2,
  );
  await coldProduct.dispose();
  const warmMs = median(warm);
  return [
    {
      name: "new session, warm",
      target: "≤ 10 ms",
      value: warmMs,
      unit: "ms",
      met: warmMs <= 10,
      details: { p95Ms: quantile(warm, 0.95) },
    },
    ratio(
      "new session, cold",
      ours / bare,
      { atMost: 1.25 },
      { bareMs: bare, oursMs: ours, bareCpuMs: median(cpu.bare), oursCpuMs: median(cpu.ours) },
    ),
  ];
}

/** Calls per second of a native module's function against a bare host function that does the same. */
export async function hostCalls(): Promise<Figure[]> {
  const product = new Product();
  const bare = await BareWorker.start(benchFolder(), true);
  const session = await product.session(Product.template({ modules: THREE_MODULES }));
  writeFileSync(join(product.root, "there.txt"), "x");
  const calls = 20_000;
  const path = JSON.stringify(join(product.root, "there.txt"));
  await product.run(session, "var fs = require('fs'); fs.existsSync('there.txt')");
  const against = async (bareCall: string) =>
    inTurns(
      () => timed(() => bare.evaluate(`for (let n = 0; n < ${calls}; n++) ${bareCall}; 0`)),
      () =>
        timed(() => product.run(session, `for (let n = 0; n < ${calls}; n++) fs.existsSync('there.txt'); 0`)),
    );
  const figure = (
    name: string,
    { bare: bareMs, ours }: { bare: number; ours: number },
    limit?: { atLeast: number },
  ) => ratio(name, bareMs / ours, limit, { bareUs: (bareMs / calls) * 1000, oursUs: (ours / calls) * 1000 });
  const plain = figure("fs.existsSync, against one without a check", await against(`existsSync(${path})`));
  const folder = JSON.stringify(product.root);
  // Elsewhere there is no such call to compare with.
  const same =
    process.platform === "linux"
      ? [
          figure(
            "fs.existsSync, against one that checks the same",
            await against(`existsInside(${path}, ${folder})`),
            { atLeast: 0.8 },
          ),
        ]
      : [];
  await bare.end();
  await product.dispose();
  return [...same, plain];
}

/** A megabyte of text and of bytes, in and out, through files in memory's cache. */
export async function transfer(): Promise<Figure[]> {
  const product = new Product();
  const bare = await BareWorker.start(benchFolder(), true);
  const session = await product.session(Product.template({ modules: THREE_MODULES }));
  writeFileSync(join(product.root, "text.txt"), "0123456789".repeat(MEGABYTE / 10));
  const file = JSON.stringify(join(product.root, "text.txt"));
  const out = JSON.stringify(join(product.root, "out.txt"));
  const prepare = "var text = '0123456789'.repeat(100000); var";
  await product
    .run(session, `${prepare} bytes = require('buffer').Buffer.from(text); var fs = require('fs'); 0`)
    .catch(() =>
      product.run(session, `${prepare} fs = require('fs'); var bytes = fs.readFileSync('text.txt'); 0`),
    );
  await bare.evaluate(`${prepare} bytes = new Uint8Array(1000000).buffer; 0`);
  const rounds = 10;
  const loop = (body: string) => `for (let n = 0; n < ${rounds}; n++) { ${body} } 0`;
  const pairs: [string, string, string][] = [
    ["1 MB text in", `readText(${file})`, "fs.readFileSync('text.txt', 'utf8')"],
    ["1 MB text out", `writeText(${out}, text)`, "fs.writeFileSync('out.txt', text)"],
    ["1 MB bytes in", `readBytes(${file})`, "fs.readFileSync('text.txt')"],
    ["1 MB bytes out", `writeBytes(${out}, bytes)`, "fs.writeFileSync('out.txt', bytes)"],
  ];
  const figures: Figure[] = [];
  for (const [name, bareCall, oursCall] of pairs) {
    const { bare: bareMs, ours } = await inTurns(
      () => timed(() => bare.evaluate(loop(bareCall))),
      () => timed(() => product.run(session, loop(oursCall))),
    );
    figures.push(
      ratio(name, ours / bareMs, { atMost: 1.2 }, { bareMs: bareMs / rounds, oursMs: ours / rounds }),
    );
  }
  await bare.end();
  await product.dispose();
  return figures;
}

/** A flood of console lines to a listener, and how long the main thread was kept from anything else. */
export async function consoleFlood(): Promise<Figure[]> {
  const lines = 100_000;
  const product = new Product();
  const session = await product.session();
  let delivered = 0;
  product.workbench.sessions.subscribe((notice) => {
    if (notice.type === "events") delivered += notice.events.length;
  });
  const rates: number[] = [];
  const blocked: number[] = [];
  for (let n = 0; n <= SAMPLES; n++) {
    delivered = 0;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const took = await timed(() =>
      product.run(session, `for (let n = 0; n < ${lines}; n++) console.log('line', n)`),
    );
    delay.disable();
    if (delivered < lines) throw new Error(`Only ${delivered} lines were delivered.`);
    if (n === 0) continue;
    rates.push((lines / took) * 1000);
    blocked.push(delay.max / 1e6);
  }
  await product.dispose();
  const rate = median(rates);
  const worst = median(blocked);
  return [
    {
      name: "console.log flood",
      target: "≥ 100000 lines/s",
      value: rate,
      unit: "lines/s",
      met: rate >= 100_000,
      details: {},
    },
    {
      name: "main thread blocked",
      target: "≤ 20 ms",
      value: worst,
      unit: "ms",
      met: worst <= 20,
      details: { worstOfAllMs: Math.max(...blocked) },
    },
  ];
}

/** From the request to stop to the stored end. */
export async function stopLatency(): Promise<Figure[]> {
  const product = new Product();
  const stop = async (source: string): Promise<number> => {
    const session = await product.session();
    const { execution } = product.workbench.sessions.execute(session.id, { kind: "repl", source });
    await sleep(40);
    const took = await timed(() => product.workbench.sessions.stop(execution.id));
    await product.workbench.sessions.delete(session.id);
    return took;
  };
  const figures: Figure[] = [];
  const kinds = [
    { name: "stop: loop", source: "while (true) {}", samples: 40, limit: 250 },
    { name: "stop: promise jobs", source: "for (;;) await 0", samples: 40, limit: 250 },
    {
      name: "stop: regular expression",
      source: "/(a+)+$/.test('a'.repeat(40) + 'b')",
      samples: 40,
      limit: 250,
    },
    { name: "stop: uninterruptible", source: 'new Array(4e9) + ""', samples: SAMPLES, limit: 1000 },
  ];
  for (const { name, source, samples, limit } of kinds) {
    const times: number[] = [];
    for (let n = 0; n < samples; n++) times.push(await stop(source));
    const worst = Math.max(...times);
    figures.push({
      name,
      target: `≤ ${limit} ms`,
      value: median(times),
      unit: "ms",
      met: worst <= limit,
      details: { p95Ms: quantile(times, 0.95), worstMs: worst, samples },
    });
  }
  await product.dispose();
  return figures;
}
