import type { z } from "zod";
import {
  type IpcEnvelope,
  type IpcOutput,
  type IpcParsedInput,
  type IpcRequestName,
  ipcRequests,
} from "../../shared/ipc/contract";
import { serializeError, WorkbenchError } from "../../shared/model/error";

/** One thin function per request of the contract: gets parsed input, throws `WorkbenchError`, gives the answer. */
export type IpcHandlers = {
  readonly [Name in IpcRequestName]: (
    input: IpcParsedInput<Name>,
  ) => IpcOutput<Name> | Promise<IpcOutput<Name>>;
};

/** Where the router reports what it refused or could not explain. */
export type IpcLog = (message: string, cause?: unknown) => void;

/**
 * Answers one request of the page. Never rejects: failures travel in the envelope, because Electron keeps nothing of
 * a rejected error but its message. Unknown names and input that does not fit are `INVALID_REQUEST`, and no handler
 * sees them; an answer that breaks the contract is our own bug and becomes `INTERNAL`.
 */
export async function dispatch(
  handlers: IpcHandlers,
  name: unknown,
  input: unknown,
  log: IpcLog,
): Promise<IpcEnvelope<unknown>> {
  if (typeof name !== "string" || !Object.hasOwn(ipcRequests, name)) {
    return refuse(`There is no request "${String(name).slice(0, 100)}".`);
  }
  const definition = ipcRequests[name as IpcRequestName];
  if (!endsSomewhere(input)) return refuse(`The request ${name} was malformed: it is nested too deeply.`);
  const parsed = definition.input.safeParse(input);
  if (!parsed.success) return refuse(`The request ${name} was malformed: ${firstIssue(parsed.error)}.`);
  try {
    const handler = handlers[name as IpcRequestName] as (input: unknown) => unknown;
    const answer = definition.output.safeParse(await handler(parsed.data));
    if (!answer.success) {
      log(`The answer to ${name} broke the contract: ${firstIssue(answer.error)}`);
      throw new WorkbenchError("INTERNAL", `The workbench gave a malformed answer to ${name}.`);
    }
    return { ok: true, value: answer.data };
  } catch (thrown) {
    if (!(thrown instanceof WorkbenchError)) log(`The request ${name} failed`, thrown);
    return { ok: false, error: serializeError(thrown) };
  }
}

const MAX_DEPTH = 500;
const MAX_VALUES = 2_000_000;

/**
 * Whether values are nested like JSON and end somewhere. Structured cloning also lets through what contains itself, and what
 * holds one thing twice at every level, which is small until somebody writes it out.
 */
function endsSomewhere(value: unknown, depth = 0, left = { values: MAX_VALUES }): boolean {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return true;
  if (depth === MAX_DEPTH) return false;
  for (const inner of Object.values(value)) {
    if (--left.values < 0 || !endsSomewhere(inner, depth + 1, left)) return false;
  }
  return true;
}

function refuse(message: string): IpcEnvelope<never> {
  return { ok: false, error: { code: "INVALID_REQUEST", message } };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "unknown reason";
  const place = issue.path.map(String).join(".");
  return place === "" ? issue.message : `${place}: ${issue.message}`;
}
