import { createInterface, type Interface } from "node:readline";
import { join } from "node:path";
import { dataFolder } from "../../core/data-folder";
import { CliSession, type RunOptions } from "../cli-session";
import { EXIT, exitCodeOf, type ExitCode } from "../exit-code";
import type { Output } from "../output";
import { HISTORY_LINES, readHistory, writeHistory } from "./history-file";

const PROMPT = "> ";
const CONTINUED = "… ";
const HELP = `Type JavaScript; $_ is the last value, $_error the last error.
.help  this text
.exit  leave (or Ctrl+D)
Tab completes; after a whole name of a module it says what that does.
Ctrl+C stops what runs, or forgets an unfinished input.`;

/** `repl`: snippets one after the other, from a terminal or from a pipe. */
export function runRepl(options: RunOptions, output: Output): Promise<ExitCode> {
  return CliSession.use(options, output, (session) => {
    const interactive = process.stdin.isTTY && output.isTerminal && !output.json;
    return interactive ? onTerminal(session, output) : fromPipe(session, output);
  });
}

/** Input that may need more lines. */
class Input {
  private lines: string[] = [];
  private looking = false;
  private forgotten = false;

  constructor(private readonly session: CliSession) {}

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  get text(): string {
    return this.lines.join("\n");
  }

  /** Adds a line; gives the whole input once it is complete (or can never be). */
  async add(line: string): Promise<string | undefined> {
    this.lines.push(line);
    this.looking = true;
    this.forgotten = false;
    const { text } = this;
    try {
      await this.session.untilReady();
      const { state } = await this.session.sessions.checkInput(this.session.id, text);
      if (this.forgotten || state === "incomplete") return undefined;
    } finally {
      this.looking = false;
    }
    this.clear();
    return text;
  }

  /** Forgets what was typed; gives whether it was just about to run. */
  interrupt(): boolean {
    this.clear();
    this.forgotten = true;
    return this.looking;
  }

  clear(): void {
    this.lines = [];
  }
}

async function fromPipe(session: CliSession, output: Output): Promise<ExitCode> {
  let code = EXIT.ok as ExitCode;
  const input = new Input(session);
  const run = async (source: string) => {
    if (source.trim() === "") return;
    const { status, error } = await session.run({ kind: "repl", source });
    if (status !== "ok") code = exitCodeOf(error === undefined ? { status } : { status, error });
  };
  const lines = createInterface({ input: process.stdin, terminal: false });
  output.onReaderGone = () => lines.close();
  for await (const line of lines) {
    const command = input.isEmpty ? runCommand(line, output) : undefined;
    if (command === "leave") return code;
    if (command === "unknown") code = EXIT.badInput;
    if (command !== undefined) continue;
    const source = await input.add(line);
    if (source !== undefined) await run(source);
    if (code === EXIT.cancelled || code === EXIT.engineCrashed) return code;
  }
  await run(input.text);
  return code;
}

async function onTerminal(session: CliSession, output: Output): Promise<ExitCode> {
  const historyFile = join(dataFolder(), "repl-history");
  const input = new Input(session);
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: true,
    history: readHistory(historyFile),
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
    prompt: PROMPT,
    completer: (line: string, done: (error: null, result: [string[], string]) => void) => {
      void complete(session, input.text, line).then(({ labels, typed, explanation }) => {
        if (explanation !== undefined) {
          output.line(`\n${explanation}`);
          terminal.prompt(true);
        }
        done(null, [labels, typed]);
      });
    },
  });
  terminal.on("history", (lines: string[]) => writeHistory(historyFile, lines));
  output.line("VM Workbench. Type .help for help.");
  let code: ExitCode = EXIT.ok;
  let chain: Promise<void> = Promise.resolve();
  let open = true;
  const ended = new Promise<void>((resolve) => {
    terminal.on("close", () => {
      open = false;
      resolve();
    });
  });
  terminal.on("SIGINT", () => onInterrupt(terminal, session, input, output));
  // One line after the other: a line typed while something runs waits.
  let waiting = 0;
  terminal.on("line", (line) => {
    waiting += 1;
    chain = chain.then(async () => {
      const next = await handleLine(line, terminal, session, input, output);
      waiting -= 1;
      if (next !== undefined) {
        code = next;
        terminal.close();
      } else if (open && waiting === 0) terminal.prompt(); // Of lines that were pasted, the last one asks for more.
    });
  });
  terminal.prompt();
  await ended;
  session.stopCurrent();
  await chain;
  return code;
}

/** Gives an exit code when the session cannot go on. */
async function handleLine(
  line: string,
  terminal: Interface,
  session: CliSession,
  input: Input,
  output: Output,
): Promise<ExitCode | undefined> {
  const command = input.isEmpty ? runCommand(line, output) : undefined;
  if (command === "leave") terminal.close();
  else if (command === undefined) {
    try {
      const source = await input.add(line);
      if (source !== undefined && source.trim() !== "") await session.run({ kind: "repl", source });
    } catch (error) {
      const { code } = output.thrown(error);
      if (code === "SESSION_NOT_READY" || code === "ENGINE_CRASHED") return EXIT.engineCrashed;
    }
  }
  terminal.setPrompt(input.isEmpty ? PROMPT : CONTINUED);
  return undefined;
}

/** Does what a line such as `.help` says; `undefined` when it is JavaScript. */
function runCommand(line: string, output: Output): "done" | "leave" | "unknown" | undefined {
  const [command = ""] = line.trim().split(/\s/);
  if (!/^\.[a-z]\w*$/i.test(command)) return undefined;
  if (command === ".exit") return "leave";
  if (command === ".help") {
    output.line(HELP);
    return "done";
  }
  output.errorLine(`There is no command ${command}. Type .help for those there are.`);
  return "unknown";
}

function onInterrupt(terminal: Interface, session: CliSession, input: Input, output: Output): void {
  if (session.stopCurrent()) return;
  const hadSomething = !input.isEmpty || terminal.line !== "";
  if (input.interrupt()) return; // Its line ends with a prompt by itself.
  output.line(hadSomething ? "" : "\n(Ctrl+D or .exit leaves)");
  terminal.setPrompt(PROMPT);
  // Readline has no call that empties its line; this key does.
  terminal.write(null, { ctrl: true, name: "e" });
  terminal.write(null, { ctrl: true, name: "u" });
  terminal.prompt();
}

interface LineCompletion {
  readonly labels: string[];
  /** The word that they complete. */
  readonly typed: string;
  /** Of a word that is complete already: what the typings say about it. */
  readonly explanation?: string | undefined;
}

async function complete(session: CliSession, before: string, line: string): Promise<LineCompletion> {
  const source = before === "" ? line : `${before}\n${line}`;
  try {
    const { from, items } = await session.sessions.complete(session.id, source, source.length);
    const typed = source.slice(from);
    const whole = items.find(({ label, summary }) => label === typed && summary !== undefined);
    // Readline would print a single word once more.
    const labels = whole !== undefined && items.length === 1 ? [] : items.map(({ label }) => label);
    const explanation =
      whole === undefined ? undefined : [whole.detail, whole.summary].filter(Boolean).join("\n");
    return { labels, typed, explanation };
  } catch {
    return { labels: [], typed: line };
  }
}
