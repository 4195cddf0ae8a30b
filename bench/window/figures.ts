import { setTimeout as sleep } from "node:timers/promises";
import { inTurns, median, quantile, ratio, SAMPLES, type Figure } from "../measure";
import { Desk, framesOf } from "./desk";
import {
  Home,
  launch,
  prepareElectron,
  timeOfStart,
  type PreparedElectron,
  type Running,
  type Startable,
} from "./electron";
import { memoryOf } from "./memory";
import { buildBarePages, buildProbe, type BarePages } from "./pages";
import {
  benchWorkspace,
  COMPUTING,
  EVENTS,
  FLOOD,
  IDLE,
  LINES_PER_SECOND,
  MANY,
  SHORT,
  tabFile,
  TABS,
} from "./workspace";

const KEYS = 60;
const RUNS = 100;
const FRAME_MS = 1000 / 60;
/** Pixels per frame: about six lines, a fast turn of a wheel. */
const SCROLL = 120;
const FRAMES = 600;

interface Stage {
  readonly electron: PreparedElectron;
  readonly home: Home;
  readonly pages: BarePages;
  readonly launch: (what: Startable) => Promise<Running>;
}

/** In this order: switching among tabs leaves open what the start comes back with. */
const measures: Readonly<Record<string, (stage: Stage) => Promise<Figure[]>>> = {
  tabs: (stage) => inProduct(stage, tabSwitching),
  start,
  feedback: (stage) => inProduct(stage, runFeedback),
  typing: (stage) => inProduct(stage, (running) => typing(running, stage)),
  scrolling: (stage) => inProduct(stage, (running) => scrolling(running, stage)),
  memory: (stage) => inProduct(stage, memoryOverRuns),
};

/** Names of what can be measured alone. */
export const windowParts: readonly string[] = Object.keys(measures);

/** The window on the real Electron, against bare windows where there is something to compare with. */
export async function windowSpeed(wanted: readonly string[] = Object.keys(measures)): Promise<Figure[]> {
  const electron = await prepareElectron();
  const pages = await buildBarePages();
  const home = new Home(benchWorkspace());
  try {
    const probe = await buildProbe();
    const stage: Stage = { electron, home, pages, launch: (what) => launch(electron, what, probe) };
    const figures: Figure[] = [];
    for (const [name, measure] of Object.entries(measures))
      if (wanted.includes(name)) figures.push(...(await measure(stage)));
    return figures;
  } finally {
    home.dispose();
    pages.dispose();
    await electron.stop();
  }
}

async function inProduct(
  { home, launch }: Stage,
  measure: (running: Running) => Promise<Figure[]>,
): Promise<Figure[]> {
  const running = await launch(home.product());
  try {
    return await measure(running);
  } finally {
    await running.end();
  }
}

/** From the start of the process to a window that can be used; the product comes back with the tabs of before. */
async function start({ electron, home, pages }: Stage): Promise<Figure[]> {
  const editorShown: number[] = [];
  const { bare, ours } = await inTurns(
    async () => (await timeOfStart(electron, home.bare(pages.editor), ["ready"])).ready,
    async () => {
      const times = await timeOfStart(electron, home.product(), ["ready", "editor-shown"]);
      editorShown.push(times["editor-shown"]);
      return times.ready;
    },
  );
  const shown = median(editorShown.slice(1));
  return [
    ratio("start to ready", ours / bare, { atMost: 1.5 }, { bareMs: bare, oursMs: ours }),
    ratio("start to the editor's text", shown / bare, { atMost: 1.5 }, { bareMs: bare, oursMs: shown }),
  ];
}

/** Switching among many open tabs; leaves them open. */
async function tabSwitching({ page }: Running): Promise<Figure[]> {
  const desk = new Desk(page);
  await page.keyboard.press("Escape");
  for (let index = 0; index < TABS; index++) await desk.open(tabFile(index));
  await desk.focusEditor();
  const times = await desk.pressAndMeasure("keyToTab", "Control+PageDown", TABS * 3, () => sleep(100));
  // Every tab was shown by opening it; the first round warms up.
  return [atMost("switching among 30 tabs", times.slice(TABS), 50)];
}

/** From the key press to the sign that something runs. */
async function runFeedback({ page }: Running): Promise<Figure[]> {
  const desk = new Desk(page);
  await desk.open(IDLE);
  await desk.focusEditor();
  await desk.run();
  const times = await desk.pressAndMeasure("keyToRunFeedback", "Control+Enter", SAMPLES * 2, () =>
    desk.untilIdle(),
  );
  return [atMost("key to Run feedback", times, 100)];
}

/** From the key press to the painted letter in a bare window, in ms. */
async function typingInBareWindow(
  { home, pages, launch }: Stage,
  beside?: "computing",
): Promise<readonly number[]> {
  const { page, end } = await launch(home.bare(pages.editor, beside));
  try {
    await page.locator(".view-lines").first().click();
    await page.keyboard.press("End");
    const press = (count: number) =>
      new Desk(page).pressAndMeasure("keysToPaint", "a", count, () => sleep(30));
    await press(KEYS);
    return await press(KEYS * 3);
  } finally {
    await end();
  }
}

/**
 * From the key press to the painted letter: while nothing runs, while a script prints, and while one only computes,
 * which tells what of the difference is a core that is taken. The same in a bare window beside a thread that computes.
 */
async function typing({ page }: Running, stage: Stage): Promise<Figure[]> {
  const desk = new Desk(page);
  for (const file of [FLOOD, COMPUTING, tabFile(0)]) await desk.open(file);
  const idle: number[] = [];
  const printing: number[] = [];
  const computing: number[] = [];
  const rates: number[] = [];
  const type = async () => {
    await desk.open(tabFile(0));
    await desk.focusEditor();
    await page.keyboard.press("End");
    return desk.pressAndMeasure("keysToPaint", "a", KEYS, () => sleep(30));
  };
  const typeWhile = async (script: string) => {
    await desk.open(script);
    const started = Date.now();
    await desk.start();
    const times = await type();
    const seconds = (Date.now() - started) / 1000;
    return { times, rate: eventsOf(await desk.stop()) / seconds };
  };
  for (let turn = 0; turn <= 3; turn++) {
    const quiet = await type();
    const loud = await typeWhile(FLOOD);
    const silent = await typeWhile(COMPUTING);
    if (turn === 0) continue;
    idle.push(...quiet);
    printing.push(...loud.times);
    computing.push(...silent.times);
    rates.push(loud.rate);
  }
  const rate = median(rates);
  const bareIdle = median(await typingInBareWindow(stage));
  const bareComputing = median(await typingInBareWindow(stage, "computing"));
  return [
    ratio(
      "typing while a script prints",
      median(printing) / median(idle),
      { atMost: 1.2 },
      {
        idleMs: median(idle),
        printingMs: median(printing),
        computingMs: median(computing),
        idleP95Ms: quantile(idle, 0.95),
        printingP95Ms: quantile(printing, 0.95),
        computingP95Ms: quantile(computing, 0.95),
      },
    ),
    ratio(
      "the same, against a script that only computes",
      median(printing) / median(computing),
      undefined,
      {},
    ),
    ratio("a bare window beside a thread that computes", bareComputing / bareIdle, undefined, {
      idleMs: bareIdle,
      computingMs: bareComputing,
    }),
    {
      name: "lines printed meanwhile",
      target: `≥ ${LINES_PER_SECOND * 0.95} lines/s`,
      value: rate,
      unit: "lines/s",
      met: rate >= LINES_PER_SECOND * 0.95,
      details: {},
    },
  ];
}

/** Scrolling through a console of many events, and through a bare virtual list. */
async function scrolling({ page }: Running, { home, pages, launch }: Stage): Promise<Figure[]> {
  const desk = new Desk(page);
  await desk.open(MANY);
  await desk.run();
  const log = '[role="log"][aria-label="Console"]';
  const ours: number[] = [];
  const bare: number[] = [];
  const list = await launch(home.bare(pages.list));
  try {
    for (let turn = 0; turn < 4; turn++) {
      const pixels = turn % 2 === 0 ? -SCROLL : SCROLL;
      ours.push(...(await desk.scroll(log, pixels, FRAMES)));
      bare.push(...(await framesOf(list.page, "#list", pixels, FRAMES)));
    }
  } finally {
    await list.end();
  }
  const oursShare = inTime(ours);
  const bareShare = inTime(bare);
  return [
    {
      name: `scrolling ${EVENTS} events: frames in time`,
      target: "≥ 95 %",
      value: oursShare,
      unit: "%",
      met: oursShare >= 95,
      details: { bareListPercent: bareShare, p99Ms: quantile(ours, 0.99), bareP99Ms: quantile(bare, 0.99) },
    },
  ];
}

/** Share of frames, in per cent, before which none was left out. */
function inTime(frames: readonly number[]): number {
  return (frames.filter((time) => time < FRAME_MS * 1.5).length / frames.length) * 100;
}

/** Memory after many runs against memory before them, once everything that is kept has its full length. */
async function memoryOverRuns({ app, page }: Running): Promise<Figure[]> {
  const desk = new Desk(page);
  await desk.open(SHORT);
  // 500 events each: then the console holds as much as it ever does.
  for (let run = 0; run < 30; run++) await desk.run();
  const before = await memoryOf(app, page);
  for (let run = 0; run < RUNS; run++) await desk.run();
  const after = await memoryOf(app, page);
  return (["page", "main", "resident"] as const).map((what) =>
    ratio(
      `memory after ${RUNS} runs: ${what}`,
      after[what] / before[what],
      { atMost: 1.05 },
      { beforeMb: before[what], afterMb: after[what] },
    ),
  );
}

function atMost(name: string, times: readonly number[], limit: number): Figure {
  const value = median(times);
  return {
    name,
    target: `≤ ${limit} ms`,
    value,
    unit: "ms",
    met: value <= limit,
    details: { p95Ms: quantile(times, 0.95), worstMs: Math.max(...times), samples: times.length },
  };
}

/** Events of an execution, as its outcome line tells. */
function eventsOf(outcome: string): number {
  const number = /([\d,.\u202f\u00a0 ]+) events?/.exec(outcome)?.[1]?.replaceAll(/\D/g, "");
  if (number === undefined) throw new Error(`No number of events in: ${outcome}`);
  return Number(number);
}
