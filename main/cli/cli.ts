import { readFileSync } from "node:fs";
import { type Command, CommanderError } from "commander";
import { z } from "zod";
import { assetPath } from "../core/assets";
import { EXIT, exitCodeOfError, type ExitCode } from "./exit-code";
import { Output } from "./output";
import { createProgram } from "./program";

function version(): string {
  const text = readFileSync(assetPath("..", "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Whether the caller wants JSON, known before the arguments are understood: a wrong one is told as JSON too. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end === -1 ? args.length : end).includes("--json");
}

/** Lets commander throw instead of ending the process, in every command. */
function throwInstead(command: Command, writeError: (text: string) => void): void {
  command.exitOverride();
  command.configureOutput({ writeErr: writeError });
  for (const child of command.commands) throwInstead(child, writeError);
}

/** Runs the command line and gives the exit code. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const output = new Output(process.stdout, process.stderr, wantsJson(args));
  let code: ExitCode = EXIT.ok;
  let usage = "";
  const program = createProgram(version(), (result) => {
    code = result;
  });
  throwInstead(program, (text) => {
    usage += text;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return exitCodeOfError(output.thrown(error).code);
    if (error.exitCode === 0) return EXIT.ok;
    // Thrown by an action itself, commander has not written anything.
    if (usage === "") output.failure({ code: "INVALID_REQUEST", message: error.message });
    else if (output.json) {
      const message = usage
        .trim()
        .replace(/^error: /, "")
        .split("\n")
        .slice(0, 2)
        .join(" ");
      output.failure({ code: "INVALID_REQUEST", message });
    } else {
      output.writeError(usage);
    }
    return EXIT.badInput;
  }
}

process.exitCode = await main(process.argv.slice(2));
