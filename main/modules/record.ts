import type { z } from "zod";
import type { MemberDoc, Risk } from "../../shared/model/module";
import type { WireValue } from "../vm/guest/bridge";
import type { ModuleCall } from "./module-calls";

export type { WireValue };

/** A function of the host half. Throw to throw in the guest; a promise arrives there as a promise. */
export type HostFunction = (...args: never[]) => WireValue | void | Promise<WireValue | void>;

/** What a module's host half may use. One per session and module; nothing in it reaches another session. */
export interface HostContext {
  /** Real, absolute path of the workspace. */
  readonly workspaceRoot: string;
  readonly sessionId: string;
  /**
   * Memory that the template allows the engine. What a host half holds for the session at one time (files that are being
   * read, answers that come in) stays below it, because it takes the whole application's memory.
   */
  readonly memoryBytes: number;
  /** Aborted when the running execution stops for any reason; a new one for every execution. Read it at the call. */
  executionSignal(): AbortSignal;
  /** Milliseconds of wall time left in the running execution. */
  remainingMs(): number;
  /** Milliseconds that the running execution may still compute. */
  remainingCpuMs(): number;
  /**
   * Whether the running execution has to stop now: a limit is reached or somebody stopped it. Cheap; asked often by
   * long synchronous work (a SQL query), during which no event and no signal can arrive in this thread.
   */
  mustStop(): boolean;
  /**
   * Tells the owner of this thread that a process runs for the session, so that it can end the process and what that
   * started (`endFamily` of `exec`) when the thread is terminated without being asked. Gives back the function that takes
   * the process off the list. Left out where nobody can terminate the thread.
   */
  trackProcess?(pid: number): () => void;
  /** Adds an event of the running execution; later than its end it is dropped. */
  emit(event: { type: "stdout" | "stderr"; text: string; source: string }): void;
}

/** The host half of a module, alive as long as its session. */
export interface HostModule {
  /** Functions that the guest half calls by name through its bridge. */
  readonly functions: Readonly<Record<string, HostFunction>>;
  /**
   * Called at the end of every execution, however it ended: kill children, abort requests. A module that needs longer than
   * some seconds costs the session its engine.
   */
  executionEnded?(): void | Promise<void>;
  /** Releases everything; called once, when the session ends. */
  dispose?(): void | Promise<void>;
}

/** A remark about a configuration that is valid but risky or pointless; shown in the picker and by `template lint`. */
export interface ConfigRemark {
  rule: string;
  severity: "warning" | "info";
  message: string;
}

/**
 * The one record that feeds everything about a native module: `require`, picker, form, typings, completion, command
 * line and reference page. Nothing else in the application lists modules.
 *
 * The guest half is no part of it: it is the file `guest.ts` in the module's folder, bundled into
 * `dist/guest/modules/<name>.js` and evaluated inside the VM when the module is first required.
 */
export interface NativeModule<Config = never> {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly risk: Risk;
  /** What it lets a script do, in plain words, whatever its configuration. */
  readonly allows: string;
  /** `.d.ts` text: `declare module "fs" { … }` for the name; aliases are added by the registry. */
  readonly typings: string;
  /** Docs of every exported member; the registry puts them into the typings as JSDoc. */
  readonly members: readonly MemberDoc[];
  /** Whole example shown first. */
  readonly example: string;
  /** Strict object whose defaults deny: `configSchema.parse({})` must succeed. Every field has `.describe()`. */
  readonly configSchema: z.ZodType<Config>;
  /** Configuration with which every example runs in a workspace that holds the sample files. */
  readonly exampleConfig: Record<string, unknown>;
  /** What this configuration permits, one sentence per capability, without a final stop: "read files in ./data". */
  effects(config: Config): string[];
  /** Remarks for review; errors belong into the schema. `beside` names the other modules that the template lists. */
  remarks?(config: Config, beside: ReadonlySet<string>): ConfigRemark[];
  /** The least configuration that allows these calls, as far as their constant arguments tell. */
  configFromCalls?(calls: readonly ModuleCall[]): Record<string, unknown>;
  /** Part of the configuration that the guest half may see; nothing when left out. */
  guestConfig?(config: Config): WireValue;
  /**
   * Loads what the host half cannot load synchronously, once per thread; awaited before a session with this module
   * starts. Repeated calls are cheap.
   */
  prepare?(): Promise<void>;
  /** Makes the host half; left out by modules that run entirely inside the VM. */
  createHost?(config: Config, context: HostContext): HostModule;
  /** Markdown list for the reference: what differs from the older system's module of this name. */
  readonly comingFromGoja?: string;
}

/** Keeps the inference of `Config` and then forgets it, so that the registry can hold records of every kind. */
export function defineModule<Config>(record: NativeModule<Config>): AnyNativeModule {
  return record as unknown as AnyNativeModule;
}

/** A record whose configuration type is known only to its own schema. */
export type AnyNativeModule = NativeModule<never>;
