import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { assetPath } from "../../core/assets";
import { CliWorkspace } from "../testing/run-cli";

let workspace: CliWorkspace;
beforeEach(() => {
  workspace = new CliWorkspace();
});
afterEach(() => workspace.dispose());

// util-linux's `script` gives a program a terminal; other systems have none or another one.
const hasTerminal = spawnSync("script", ["--version"]).stdout?.toString().includes("util-linux") ?? false;

it.skipIf(!hasTerminal)(
  "on a terminal: prompts, continues, completes, stops with Ctrl+C, leaves with Ctrl+D",
  async () => {
    await workspace.run(["template", "create", "Paths"]);
    await workspace.run(["template", "add-module", "Paths", "path"]);
    const command = [
      process.execPath,
      assetPath("main", "cli.mjs"),
      "repl",
      "--template",
      "paths",
      "--limit",
      "cpuMs=600000",
      "--limit",
      "wallMs=600000",
    ];
    const child = spawn("script", ["-qfec", command.map((part) => `'${part}'`).join(" "), "/dev/null"], {
      cwd: workspace.root,
      env: { ...process.env, VM_WORKBENCH_DATA: join(workspace.base, "data"), TERM: "xterm" },
    });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    let transcript = "";
    let read = 0;
    child.stdout.on("data", (chunk: Buffer) => (transcript += chunk.toString()));
    /** Types something and waits for what it brings, after what was waited for before. */
    const type = async (keys: string, ...expected: string[]) => {
      child.stdin.write(keys);
      for (const text of expected) {
        await expect.poll(() => transcript.slice(read), { timeout: 10_000, interval: 20 }).toContain(text);
        read = transcript.indexOf(text, read) + text.length;
      }
    };
    await type("", "> ");
    await type("6 * 7\r", "42\r\n", "> ");
    await type("function add(a, b) {\r", "… ");
    await type("return a + b }\r", "}\r", "> ");
    await type("add(20, 3)\r", "23\r\n", "> ");
    await type("Math.ma", "Math.ma");
    await type("\t", "x");
    await type("(1, 99)\r", "99\r\n", "> ");
    await type("[1, 2].includ", "includ");
    await type("\t", "es");
    await type("(2)\r", "true\r\n", "> ");
    await type("const fixed: number = 1\r", "> ");
    await type("fixed = 2\r", "Assignment to constant variable.", "> ");
    await type("throw 'text'\r", "Uncaught 'text'", "carries no place", "> ");
    await type(".helpp\r", "There is no command .helpp", "> ");
    await type('require("path").basena', "basena");
    await type("\t", "me");
    await type("\t", "basename(", "): string", "> ");
    await type("('a/b')\r", "'b'\r\n", "> ");
    await type("console.log('run' + 'ning'); while (true) {}\r", "running");
    await type("\x03", "EXECUTION_CANCELLED", "> ");
    await type("add(99, 1)\r", "100\r\n", "> ");
    await type("unfinished(\r", "… ");
    await type("\x03", "> ");
    await type("1 + 1\r", "2\r\n", "> ");
    await type("function pasted() {\r  const a = 5;\r  return a;\r}\rpasted()\r", "pasted()", "5\r\n", "> ");
    expect(transcript).not.toContain("… … ");
    child.stdin.write("\x04");
    expect(await ended).toBe(0);
    expect(readFileSync(join(workspace.base, "data", "repl-history"), "utf8")).toContain("6 * 7\n");
  },
);
