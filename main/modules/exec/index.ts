import { isAbsolute, win32 } from "node:path";
import { z } from "zod";
import { constant, unique, type ModuleCall } from "../module-calls";
import { defineModule, type ConfigRemark } from "../record";
import { members } from "./docs";
import { createExecHost } from "./host";
import { typings } from "./typings";

const NUL = "\0";
// Programs whose arguments are programs: allowing one allows everything.
const INTERPRETERS =
  /^(?:(?:ba|da|z|fi|k|c|tc)?sh|cmd|powershell|pwsh|node|deno|bun|python[\d.]*|perl|ruby|php|env|xargs|find|sudo|ssh|make|npm|npx)(?:\.exe)?$/i;

const configSchema = z.strictObject({
  commands: z
    .array(
      z
        .string()
        .min(1)
        .refine((command) => !command.includes(NUL), "A command cannot hold a NUL character.")
        .refine(
          (command) => isAbsolute(command) || win32.isAbsolute(command) || !/[\\/]/.test(command),
          "Write the name of a command or its absolute path.",
        ),
    )
    .max(200)
    .default([])
    .describe(
      'Commands that scripts may run: exact names, found in PATH, or absolute paths. "*" allows every command.',
    ),
  cwd: z
    .string()
    .min(1)
    .refine((path) => !path.includes(NUL), "A path cannot hold a NUL character.")
    .refine(
      (path) => isAbsolute(path) || !path.split(/[\\/]/).includes(".."),
      'A path relative to the workspace cannot go up with "..".',
    )
    .default(".")
    .describe(
      "Folder that commands run in, relative to the workspace; a script may choose a folder inside it.",
    ),
  env: z
    .array(z.string().regex(/^[^=\0]+$/, 'A variable\'s name holds no "=".'))
    .max(200)
    .default([])
    .describe(
      "Names of environment variables that commands get from the application. Scripts may set these, too.",
    ),
  maxOutputKb: z
    .int()
    .min(1)
    .max(262_144)
    .default(16_384)
    .describe("Most output of one command, in KB; a command that prints more is ended."),
});

type Config = z.infer<typeof configSchema>;

function effects({ commands, env, cwd }: Config): string[] {
  if (commands.length === 0) return [];
  const where = cwd === "." ? "the workspace" : isAbsolute(cwd) ? cwd : `./${cwd.replace(/^\.[\\/]/, "")}`;
  const what = commands.includes("*") ? "run every command of this machine" : `run ${commands.join(", ")}`;
  return [
    `${what} in ${where}, with your rights`,
    ...(env.length === 0 ? [] : [`give commands the variables ${env.join(", ")}`]),
  ];
}

function configFromCalls(calls: readonly ModuleCall[]): Pick<Config, "commands"> {
  const runs = calls.filter(({ member }) => ["run", "exec", ""].includes(member));
  return { commands: unique(runs.map((call) => constant(call.args[0]))) };
}

function remarks({ commands, env }: Config, beside: ReadonlySet<string>): ConfigRemark[] {
  const found: ConfigRemark[] = [];
  if (commands.length === 0) {
    found.push({
      rule: "no-commands",
      severity: "info",
      message: "No command is listed: every command is refused.",
    });
  }
  if (commands.includes("*")) {
    found.push({
      rule: "every-command",
      severity: "warning",
      message: "Scripts may run every command of this machine.",
    });
    if (commands.length > 1) {
      const others = commands.filter((command) => command !== "*").join(", ");
      const message = `"*" allows every command already, so listing ${others} adds nothing.`;
      found.push({ rule: "commands-redundant", severity: "info", message });
    }
  }
  if (commands.length > 0 && beside.has("fs")) {
    found.push({
      rule: "reaches-beyond-fs",
      severity: "info",
      message: "Commands run with your rights: the roots of fs do not hold them.",
    });
  }
  for (const command of commands) {
    const name = command.split(/[\\/]/).at(-1) ?? command;
    if (!INTERPRETERS.test(name)) continue;
    const message = `${command} runs whatever its arguments say: allowing it allows nearly everything.`;
    found.push({ rule: "command-runs-anything", severity: "warning", message });
  }
  for (const name of env.filter((variable) =>
    /TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL/i.test(variable),
  )) {
    found.push({
      rule: "secret-in-env",
      severity: "warning",
      message: `${name} looks like a secret: commands can print it to the script.`,
    });
  }
  return found;
}

/** Runs the commands that the template lists; never a shell. */
export const execModule = defineModule({
  name: "exec",
  aliases: [],
  summary: "Runs the commands that the template lists, without a shell.",
  risk: "host",
  allows: "Starts programs of this machine with the rights of the user; they can do what the user can do.",
  typings,
  members,
  example: `const { run, exec } = require("exec");

console.log(run("node", ["--version"]).trim());

const result = await exec("node", ["-e", "console.log(1 + 1)"]);
console.log(result.exitCode, result.stdout.trim());`,
  configSchema,
  exampleConfig: { commands: ["node"] },
  effects,
  configFromCalls,
  remarks,
  createHost: (config, context) => createExecHost(config, context),
  comingFromGoja: `- Only listed commands run, by their exact name or absolute path.
- \`run\` throws an error with \`exitCode\`, \`stdout\` and \`stderr\` when the command fails; \`exec\` is the same as a promise and never throws for an exit code.
- Commands get no environment but the variables that the template lists and those that the script sets.
- Whatever a command started is ended with the execution.`,
});
