import type { Registry } from "../modules/registry";
import { registry as applicationRegistry } from "../modules/registry";
import { compileEngine } from "./engine/compile";
import { createQuickJSEngine } from "./engine/quickjs-engine";
import { Session } from "./session";
import type { RuntimeSpec, RuntimeSurroundings } from "./session-runtime";

/**
 * Makes a live runtime from a snapshot of a template. Throws when the engine cannot start; what scripts do wrong never
 * throws.
 */
export async function createSessionRuntime(
  spec: RuntimeSpec,
  surroundings: RuntimeSurroundings & { readonly registry?: Pick<Registry, "find" | "names"> } = {},
): Promise<Session> {
  const { limits } = spec.template;
  const engine = await createQuickJSEngine({
    memoryMb: limits.memoryMb,
    stackKb: limits.stackKb,
    wasmModule: surroundings.wasmModule ?? (await compileEngine()),
  });
  const registry = surroundings.registry ?? applicationRegistry;
  // Host halves are made when a script first asks for them, and that cannot wait.
  await Promise.all(Object.keys(spec.template.modules).map((name) => registry.find(name)?.prepare?.()));
  return new Session(spec, {
    engine,
    registry,
    control: surroundings.control,
  });
}
