import type { EngineMemory } from "./quickjs-memory";

/** What letting go of modules needs of the engine. */
export interface ModuleListHost {
  readonly memory: Pick<EngineMemory, "word" | "setWord" | "allocate">;
  /** Address of `JSContext.loaded_modules`, the head of the list of all modules. */
  readonly listAddress: number;
  /** Frees the value at an address, and the place that the library allocated for it. */
  freePointer(pointer: number): void;
}

// Fields of `JSModuleDef` (QuickJS 2025-09-13) in the 32-bit build, in bytes from its start.
const GC_TYPE = 4;
const LINK = 20;
const NAMESPACE = 80;
const FLAGS = 100;
const WAITING_PARENTS = 120;
/** `JS_GC_OBJ_TYPE_MODULE`. */
const MODULE_TYPE = 6;
const TAG_MODULE = -3;
const TAG_OBJECT = -1;
/** `JSModuleStatus`: between these a module is being linked or waits for itself or for another one. */
const STATUS = { unlinked: 0, linked: 2, waiting: 4, evaluated: 5 } as const;
const KNOWN: ReadonlySet<number> = new Set(Object.values(STATUS));
const MAX_MODULES = 100_000;

/**
 * The engine keeps every ES module that it has loaded for as long as its context lives, found by name, although nothing
 * can ask for a module whose name is never used again. This takes such modules off the list, as the engine itself does with
 * those that fail to load; what scripts still refer to (functions, namespaces) lives on by their references.
 *
 * Modules refer to each other by plain pointers while they wait (`await` at top level), and namespaces do so for what they
 * have not looked up yet. Hence a set with a module that waits stays until that goes on, unless its execution was
 * stopped: then the pointers are cut, and what waited never goes on. Namespaces are read before.
 */
export class ModuleList {
  /** Modules that a further set does not contain: they wait, or stay for good. */
  private stays = new Set<number>();
  /** Sets in which a module still waits. */
  private waitingSets: (readonly number[])[] = [];
  /** Modules that may go on after their execution. */
  private mayGoOn = new Set<number>();

  constructor(private readonly host: ModuleListHost) {}

  /** An execution is over; when it was stopped, what waits since it began waits in vain. */
  executionEnded(stopped: boolean): void {
    if (stopped) return;
    for (const module of this.added() ?? []) {
      if (this.statusOf(module) === STATUS.waiting) this.mayGoOn.add(module);
    }
  }

  /**
   * Lets go of the modules loaded since the last call, or with `keep` decides that they stay. `readNamespace` reads every
   * property of the namespace at an address.
   */
  forget(keep: boolean, readNamespace: (pointer: number) => void): void {
    const added = this.added();
    if (added === undefined) return;
    const sets = [...this.waitingSets];
    this.waitingSets = [];
    if (keep) this.addTo(this.stays, added);
    else if (added.length > 0) sets.push(added);
    for (const modules of sets) this.forgetSet(modules, readNamespace);
  }

  private forgetSet(modules: readonly number[], readNamespace: (pointer: number) => void): void {
    if (modules.some((module) => !KNOWN.has(this.statusOf(module)))) {
      this.addTo(this.stays, modules);
      return;
    }
    if (modules.some((module) => this.mayGoOn.has(module) && this.statusOf(module) === STATUS.waiting)) {
      this.addTo(this.stays, modules);
      this.waitingSets.push(modules);
      return;
    }
    this.readNamespaces(modules, readNamespace);
    for (const module of modules) {
      this.stays.delete(module);
      this.mayGoOn.delete(module);
      if (this.statusOf(module) === STATUS.waiting) this.host.memory.setWord(module + WAITING_PARENTS, 0);
      this.unlink(module);
    }
    for (const module of modules) this.release(module);
  }

  private addTo(set: Set<number>, modules: readonly number[]): void {
    for (const module of modules) set.add(module);
  }

  /** Addresses of the modules that nothing was decided about; `undefined` when the list does not look as it should. */
  private added(): number[] | undefined {
    const { memory, listAddress } = this.host;
    const modules: number[] = [];
    let before = listAddress;
    let count = 0;
    for (let link = this.next(before); link !== listAddress; link = this.next(link)) {
      const module = link - LINK;
      const isModule = module > 0 && (memory.word(module + GC_TYPE) & 15) === MODULE_TYPE;
      if (!isModule || memory.word(link + 4) >>> 0 !== before || count++ > MAX_MODULES) return undefined;
      if (!this.stays.has(module)) modules.push(module);
      before = link;
    }
    return modules;
  }

  /** Reading one namespace may make another one. */
  private readNamespaces(modules: readonly number[], readNamespace: (pointer: number) => void): void {
    const read = new Set<number>();
    for (let found = true; found;) {
      found = false;
      for (const module of modules) {
        if (read.has(module) || this.host.memory.word(module + NAMESPACE + 4) !== TAG_OBJECT) continue;
        read.add(module);
        found = true;
        readNamespace(module + NAMESPACE);
      }
    }
  }

  private unlink(module: number): void {
    const { memory } = this.host;
    const link = module + LINK;
    const next = this.next(link);
    const previous = memory.word(link + 4) >>> 0;
    memory.setWord(previous, next);
    memory.setWord(next + 4, previous);
    memory.setWord(link, 0);
    memory.setWord(link + 4, 0);
  }

  /** Gives back the list's reference. */
  private release(module: number): void {
    const { memory } = this.host;
    const value = memory.allocate(8);
    memory.setWord(value, module);
    memory.setWord(value + 4, TAG_MODULE);
    this.host.freePointer(value);
  }

  private statusOf(module: number): number {
    return this.host.memory.word(module + FLAGS) >>> 24;
  }

  private next(link: number): number {
    return this.host.memory.word(link) >>> 0;
  }
}
