import type { z } from "zod";
import type { SerializedError } from "../model/error";
import { appRequests } from "./app";
import type { IpcEventName, IpcEventPayload } from "./events";
import { modulesRequests } from "./modules";
import { parametersRequests } from "./parameters";
import { sessionsRequests } from "./sessions";
import { templatesRequests } from "./templates";
import { workspaceRequests } from "./workspace";

/** Every request that the window can make: the single list from which both sides derive types and validation. */
export const ipcRequests = {
  ...appRequests,
  ...workspaceRequests,
  ...templatesRequests,
  ...modulesRequests,
  ...parametersRequests,
  ...sessionsRequests,
} as const;

export type IpcRequestName = keyof typeof ipcRequests;
/** What a caller passes (defaults may be left out). */
export type IpcInput<Name extends IpcRequestName> = z.input<(typeof ipcRequests)[Name]["input"]>;
/** What a handler receives (defaults filled in). */
export type IpcParsedInput<Name extends IpcRequestName> = z.output<(typeof ipcRequests)[Name]["input"]>;
export type IpcOutput<Name extends IpcRequestName> = z.output<(typeof ipcRequests)[Name]["output"]>;

/** Electron keeps only the message of a rejected error, so answers travel in an envelope. */
export type IpcEnvelope<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: SerializedError };

/** The two channels between page and main. */
export const REQUEST_CHANNEL = "workbench:request";
export const EVENT_CHANNEL = "workbench:event";

/**
 * What the preload script exposes as `window.workbench`, and nothing else. Answers and events cross as JSON text: the
 * context bridge copies objects property by property, which a flood of console events cannot afford; text it copies whole.
 */
export interface WorkbenchBridge {
  /** JSON of an {@link IpcEnvelope}. */
  request(name: IpcRequestName, input: unknown): Promise<string>;
  /** Calls back with the payload's JSON; gives back the function that ends it. */
  on(name: IpcEventName, listener: (payload: string) => void): () => void;
}

/** The contract as the page uses it. */
export interface WorkbenchApi {
  request<Name extends IpcRequestName>(
    name: Name,
    input: IpcInput<Name>,
  ): Promise<IpcEnvelope<IpcOutput<Name>>>;
  /** Calls back for every event of that name; gives back the function that ends it. */
  on<Name extends IpcEventName>(name: Name, listener: (payload: IpcEventPayload<Name>) => void): () => void;
}
