import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CliWorkspace, untilWritten } from "./testing/run-cli";

let workspace: CliWorkspace;
beforeEach(() => {
  workspace = new CliWorkspace();
});
afterEach(() => workspace.dispose());

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

/** Another program that opens the database and does not let go of it. */
async function keepToItself(file: string, statements: string) {
  const code = `
    const { DatabaseSync } = require(process.argv[1]);
    const database = new DatabaseSync(process.argv[2]);
    database.exec(process.argv[3]);
    process.stdout.write("held");
    process.stdin.resume();`;
  const library = createRequire(import.meta.url).resolve("@photostructure/sqlite");
  const other = spawn(process.execPath, ["-e", code, library, file, statements]);
  await untilWritten(other, "held");
  return async () => {
    const ended = new Promise((resolve) => other.once("exit", resolve));
    other.kill("SIGKILL");
    await ended;
  };
}

test.each([
  ["in the mode of the history", "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT"],
  ["in another mode", "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE"],
])(
  "a history that another program keeps to itself %s is not taken for damaged: it is there again afterwards",
  async (_mode, statements) => {
    expect((await workspace.run(["eval", "'before'"])).code).toBe(0);
    const data = join(workspace.base, "data");
    const history = filesIn(data).find(({ name }) => name === "history.sqlite");
    const letGo = await keepToItself(join(history?.parentPath ?? "", "history.sqlite"), statements);
    let during;
    try {
      during = await workspace.run(["eval", "'during'"]);
    } finally {
      await letGo();
    }
    // What runs meanwhile runs, and says that it is not kept.
    expect(during).toMatchObject({ code: 0, stdout: "'during'\n" });
    expect(during.stderr).toContain("STORAGE_UNAVAILABLE");
    expect(filesIn(data).map(({ name }) => name)).not.toContainEqual(expect.stringContaining("damaged"));
    const after = await workspace.run(["history", "list", "--json"]);
    expect(after.stderr).toBe("");
    expect(after.json().map(({ source }) => source)).toEqual(["'before'"]);
  },
  60_000,
);
