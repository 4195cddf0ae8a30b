import type { MemberDoc } from "../../../shared/model/module";

const params = [
  { name: "command", doc: "A command that the template lists, exactly as it is listed." },
  { name: "args", doc: "Arguments; each reaches the command as it is, no shell reads them." },
  { name: "options", doc: "`cwd`, `env`, `input` and `timeoutMs`." },
];
const errors = [
  {
    code: "PERMISSION_DENIED",
    when: "the template does not list the command, `cwd` is outside its folder, or a variable could change what the command runs",
  },
  { code: "ENOENT", when: "there is no such command" },
  { code: "ETIMEDOUT", when: "`timeoutMs` has passed; the command was ended" },
  {
    code: "ERR_CHILD_PROCESS_STDIO_MAXBUFFER",
    when: "the command printed more than `maxOutputKb`; it was ended",
  },
  { code: "ERR_INVALID_ARG_TYPE", when: "an argument has the wrong type" },
];

/** Docs of the members of `exec`. */
export const members: readonly MemberDoc[] = [
  {
    name: "run",
    signature: "run(command: string, args?: readonly string[], options?: ExecOptions): string",
    summary: "Runs a command and waits for it.",
    params,
    returns: "What it printed to stdout and stderr, in the order in which it came.",
    errors: [
      {
        code: "COMMAND_FAILED",
        when: "the command ended with an exit code other than 0, or by a signal; `exitCode`, `signal`, `stdout` and `stderr` are on the error",
      },
      ...errors,
    ],
    example: `const { run } = require("exec");
console.log(run("node", ["-p", "6 * 7"]).trim()); // 42
try {
  run("node", ["-e", "console.error('no'); process.exit(3)"]);
} catch (error) {
  console.log(error.exitCode, error.stderr.trim()); // 3 no
}`,
  },
  {
    name: "exec",
    signature: "exec(command: string, args?: readonly string[], options?: ExecOptions): Promise<ExecResult>",
    summary:
      "Runs a command in the background. What it prints appears as events while it runs. An exit code other than 0 is a result, not an error. 64 commands run at once; further ones wait.",
    params,
    returns: "A promise of `exitCode`, `signal`, `stdout`, `stderr` and `durationMs`.",
    errors,
    example: `const { exec } = require("exec");
const { exitCode, stdout } = await exec("node", ["-e", "process.stdin.pipe(process.stdout)"], { input: "hello", timeoutMs: 10_000 });
console.log(exitCode, stdout); // 0 hello`,
  },
];
