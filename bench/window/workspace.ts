import { templateSchema } from "../../shared/model/template";

/** Files of the measured workspace: as many scripts as tabs are switched among, and what runs. */
export const TABS = 30;
export const tabFile = (index: number): string => `tab-${String(index).padStart(2, "0")}.js`;

/** Lines per second of the script that prints while somebody types. */
export const LINES_PER_SECOND = 50_000;
/** Events of the console that is scrolled. */
export const EVENTS = 100_000;

export const FLOOD = "flood.js";
export const COMPUTING = "computing.js";
export const MANY = "many.js";
export const SHORT = "short.js";
export const IDLE = "idle.js";

const template = templateSchema.parse({
  id: "5b1f0f2c-53ce-4d60-9c8e-6b3f3a6f9d10",
  name: "Bench",
  limits: { cpuMs: 600_000, wallMs: 600_000, maxEvents: 10_000_000, maxOutputKb: 1_000_000 },
});

/** Everything by path. */
export function benchWorkspace(): Record<string, string> {
  const tabs: [string, string][] = Array.from({ length: TABS }, (_, index) => [
    tabFile(index),
    script(tabFile(index)),
  ]);
  return {
    ...Object.fromEntries(tabs),
    "templates/bench.template.json": JSON.stringify(template, null, 2),
    // Prints evenly, as much as is due by the clock.
    [FLOOD]: `// ${FLOOD}
const started = performance.now();
let printed = 0;
const timer = setInterval(() => {
  const due = ((performance.now() - started) * ${LINES_PER_SECOND}) / 1000;
  for (; printed < due; printed++) console.log("line", printed);
}, 5);
`,
    // As busy as the flood, and silent: what an occupied core alone costs.
    [COMPUTING]: `// ${COMPUTING}\nfor (let n = 0; ; n++);\n`,
    [MANY]: `// ${MANY}\nfor (let n = 0; n < ${EVENTS}; n++) console.log("line", n);\n`,
    [SHORT]: `// ${SHORT}\nfor (let n = 0; n < 500; n++) console.log("line", n, { n });\n`,
    [IDLE]: `// ${IDLE}\nawait new Promise((resolve) => setTimeout(resolve, 300));\n`,
  };
}

function script(name: string): string {
  const functions = Array.from(
    { length: 20 },
    (_, index) => `
/** Adds up what is positive. */
function sum${index}(numbers) {
  let total = 0;
  for (const number of numbers) if (number > 0) total += number;
  return total;
}
`,
  );
  return `// ${name}\nconst path = require("path");\n${functions.join("")}\nconsole.log(path.join("a", "b"), sum0([1, 2]));\n`;
}
