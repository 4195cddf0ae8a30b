import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { assetPath } from "../../core/assets";

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output, one parsed JSON object per line. */
  json(): Record<string, unknown>[];
}

/** A temporary workspace in which the real command line is run. */
export class CliWorkspace {
  readonly base = realpathSync(mkdtempSync(join(tmpdir(), "vmw-cli-")));
  readonly root = join(this.base, "workspace");

  constructor() {
    mkdirSync(this.root);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** Starts the command line; for tests that talk to it while it runs. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [assetPath("main", "cli.mjs"), ...args], {
      cwd: this.root,
      env: { ...process.env, VM_WORKBENCH_DATA: join(this.base, "data"), NO_COLOR: "1" },
    });
  }

  /** Runs the command line to its end. */
  run(args: readonly string[], input = ""): Promise<CliResult> {
    const child = this.start(args);
    child.stdin.end(input);
    return finished(child);
  }

  dispose(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** Waits for a process's end and collects what it wrote from now on. */
export function finished(child: ChildProcessWithoutNullStreams): Promise<CliResult> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const stdout = Buffer.concat(out).toString();
      resolve({
        code,
        stdout,
        stderr: Buffer.concat(err).toString(),
        json: () =>
          stdout
            .split("\n")
            .filter(Boolean)
            .map((line) => JSON.parse(line) as Record<string, unknown>),
      });
    });
  });
}

/** Resolves when the process has written this text to standard output. */
export async function untilWritten(child: ChildProcessWithoutNullStreams, text: string): Promise<string> {
  let all = "";
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer) => {
      all += chunk.toString();
      if (!all.includes(text)) return;
      child.stdout.off("data", look);
      resolve(all);
    };
    child.stdout.on("data", look);
    child.on("close", () => reject(new Error(`ended without writing ${JSON.stringify(text)}: ${all}`)));
  });
}
