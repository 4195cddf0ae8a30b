import type { Limits } from "../../shared/model/template";
import type { Registry } from "../modules/registry";
import { registry as applicationRegistry } from "../modules/registry";
import { compileEngine, type CompiledEngine } from "./engine/compile";
import type { Handle } from "./engine/engine";
import { createQuickJSEngine, type QuickJSEngine } from "./engine/quickjs-engine";
import { loadPrelude } from "./host/guest";
import { Session } from "./session";
import type { RuntimeSpec, RuntimeSurroundings } from "./session-runtime";

/** An engine that waits for its session, the prelude loaded. Only good for templates with these limits. */
export interface PreparedEngine {
  readonly engine: QuickJSEngine;
  readonly prelude: Handle;
  readonly memoryMb: number;
  readonly stackKb: number;
}

/** Does ahead what a session's start costs most of, for a template that is not known yet. */
export async function prepareEngine(
  { memoryMb, stackKb }: Pick<Limits, "memoryMb" | "stackKb">,
  compiled: CompiledEngine,
): Promise<PreparedEngine> {
  const engine = await createQuickJSEngine({ memoryMb, stackKb, compiled });
  return { engine, prelude: loadPrelude(engine), memoryMb, stackKb };
}

/**
 * Makes a live runtime from a snapshot of a template. Throws when the engine cannot start; what scripts do wrong never
 * throws.
 */
export async function createSessionRuntime(
  spec: RuntimeSpec,
  surroundings: RuntimeSurroundings & {
    readonly registry?: Pick<Registry, "find" | "names">;
    /** Used when its limits are the template's. */
    readonly prepared?: PreparedEngine | undefined;
  } = {},
): Promise<Session> {
  const { limits } = spec.template;
  const { prepared } = surroundings;
  const fits = prepared?.memoryMb === limits.memoryMb && prepared.stackKb === limits.stackKb;
  const engine = fits
    ? prepared.engine
    : await createQuickJSEngine({
        memoryMb: limits.memoryMb,
        stackKb: limits.stackKb,
        compiled: surroundings.compiled ?? (await compileEngine()),
      });
  const registry = surroundings.registry ?? applicationRegistry;
  // Host halves are made when a script first asks for them, and that cannot wait.
  await Promise.all(Object.keys(spec.template.modules).map(async (name) => registry.find(name)?.prepare?.()));
  return new Session(spec, {
    engine,
    prelude: fits ? prepared.prelude : loadPrelude(engine),
    registry,
    control: surroundings.control,
    trackProcess: surroundings.trackProcess,
  });
}
