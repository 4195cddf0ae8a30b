import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { createOsHost, FACT_NAMES, type Fact } from "./host";

const HARMLESS: readonly Fact[] = ["platform", "arch", "EOL"];

const configSchema = z.strictObject({
  expose: z
    .array(z.enum(FACT_NAMES))
    .default([...HARMLESS])
    .describe(
      "Facts that scripts may ask for. All but platform, arch and EOL tell the machine or the user apart from others.",
    ),
});

const typings = `declare module "os" {
  export interface CpuInfo {
    model: string;
    /** MHz. */
    speed: number;
    /** Milliseconds spent in each mode. */
    times: { user: number; nice: number; sys: number; idle: number; irq: number };
  }
  export const EOL: "\\n" | "\\r\\n";
  export function platform(): string;
  export function arch(): string;
  export function type(): string;
  export function release(): string;
  export function hostname(): string;
  export function homedir(): string;
  export function tmpdir(): string;
  export function cpus(): CpuInfo[];
  export function totalmem(): number;
}
`;

/** Facts about the machine, as far as the template exposes them. */
export const osModule = defineModule({
  name: "os",
  aliases: ["node:os"],
  summary: "Tells the facts about the machine that the template exposes.",
  risk: "host",
  allows: "Tells facts about the machine and the user: platform, processor, memory, host name, folders.",
  typings,
  members,
  example: `const os = require("os");

console.log(os.platform(), os.arch(), JSON.stringify(os.EOL));`,
  configSchema,
  exampleConfig: { expose: [...FACT_NAMES] },
  effects: ({ expose }) => (expose.length === 0 ? [] : [`learn ${expose.join(", ")} of this machine`]),
  remarks: ({ expose }) => {
    const telling = expose.filter((name) => !HARMLESS.includes(name));
    if (telling.length === 0) return [];
    return [
      {
        rule: "os-names-machine-or-user",
        severity: "info",
        message: `Scripts learn ${telling.join(", ")}, which can name the machine or the user.`,
      },
    ];
  },
  createHost: (config) => createOsHost(config.expose),
  comingFromGoja: "- Only what the template exposes is answered; the rest throws `PERMISSION_DENIED`.",
});
