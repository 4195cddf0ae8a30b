import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * What the shared suite has to know about a module to be hostile to it; in `main/modules/<name>/hostility.ts`. Every part
 * may be left out, and so may the file.
 */
export interface HostilityTraits {
  /**
   * Expression that opens something which a session must release: a file, a statement, a process. The module is loaded
   * under its own name; `i` counts.
   */
  readonly openHandle?: string;
  /** How many of them; 10,000 when left out. */
  readonly handles?: number;
  /** Statements before the first handle, such as opening the database. */
  readonly before?: string;
  /** Expressions that the module's default configuration refuses with `PERMISSION_DENIED`. */
  readonly denied?: readonly string[];
}

/** Traits of a module, as its folder declares them. */
export async function traitsOf(name: string): Promise<HostilityTraits> {
  if (!existsSync(join(import.meta.dirname, "..", "..", name, "hostility.ts"))) return {};
  const loaded = (await import(`../../${name}/hostility.ts`)) as { hostility: HostilityTraits };
  return loaded.hostility;
}
