/** `.d.ts` text of the module `exec`. */
export const typings = `declare module "exec" {
  export interface ExecOptions {
    /** Folder to run in, inside the folder that the template grants. */
    cwd?: string;
    /** Variables for the command, besides those that the template passes on. */
    env?: Record<string, string>;
    /** What the command reads from its standard input. */
    input?: string | Uint8Array;
    /** Milliseconds after which the command is ended. */
    timeoutMs?: number;
  }
  export interface ExecResult {
    /** null when a signal ended the command. */
    exitCode: number | null;
    signal: string | null;
    stdout: string;
    stderr: string;
    durationMs: number;
  }
  /** What \`run\` throws when a command fails, and both when it was ended early. */
  export interface ExecError extends Error, ExecResult {
    name: "ExecError";
    code: "COMMAND_FAILED" | "ETIMEDOUT" | "ERR_CHILD_PROCESS_STDIO_MAXBUFFER";
  }
  export function run(command: string, args?: readonly string[] | null, options?: ExecOptions | null): string;
  export function exec(command: string, args?: readonly string[] | null, options?: ExecOptions | null): Promise<ExecResult>;
}
`;
