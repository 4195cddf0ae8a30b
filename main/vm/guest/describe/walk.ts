import { DENSE_ARRAY, ELEMENTS_ONLY, ENGINE_CLASS } from "../../inspect/engine-classes";
import type { Description, Encoded, ObjectDescriptor } from "../../inspect/descriptor";
import type { EngineView } from "../environment";
import { IntrinsicMap, mapGet, mapSet } from "../primordials";
import { customMethod, type CustomInspection } from "./custom";
import { encodePrimitive, isPrimitive } from "./encode";
import { add, bare, list } from "./intrinsics";
import { fillObject } from "./objects";
import { PrototypeTable } from "./prototype-table";

export interface WalkOptions {
  /** Levels below the root whose contents are described. */
  readonly depth: number;
  readonly maxElements: number;
  /** Longest string that is sent whole; the root string may be `maxRootString` long. */
  readonly maxString: number;
  readonly maxRootString: number;
  /** Non-enumerable properties too. */
  readonly hidden: boolean;
  readonly showProxy: boolean;
  /** Which getters are run; only for `util.inspect(value, { getters })`. */
  readonly getters: boolean | "get" | "set";
  readonly custom: CustomInspection | undefined;
}

/** Objects, elements and properties of one description; beyond, objects are named and not opened. */
const MAX_CELLS = 20_000;
/** Characters of all strings of one description together; beyond, strings are cut short. */
const MAX_CHARACTERS = 512 * 1024;
const SHORT_STRING = 100;
/** A proxy of a proxy of a proxy … */
const MAX_PROXY_CHAIN = 100;

export type MutableDescriptor = { -readonly [K in keyof ObjectDescriptor]: ObjectDescriptor[K] };

interface Visit {
  readonly node: MutableDescriptor;
  readonly value: object;
  /** What the value stands for: itself, or the target of a proxy. */
  readonly target: object;
  readonly engineClass: number;
  readonly level: number;
}

/**
 * Describes one value: breadth first, so that every object is met first on its shortest way from the root and is
 * described once, to the greatest depth that the text can show; and so that a bound cuts what is deepest.
 */
export class Walk {
  readonly nodes = list<MutableDescriptor>();
  readonly prototypes = new PrototypeTable();
  cut = false;
  private readonly ids = new IntrinsicMap<object, number>();
  private readonly queue = list<Visit>();
  private cells = MAX_CELLS;
  private characters = MAX_CHARACTERS;

  constructor(
    readonly view: EngineView,
    readonly options: WalkOptions,
  ) {}

  run(root: unknown): Description {
    const v = isPrimitive(root) ? this.primitive(root, this.options.maxRootString) : this.reference(root, 0);
    for (let index = 0; index < this.queue.length; index++) {
      const visit = this.queue[index];
      if (visit !== undefined) this.visit(visit);
    }
    const description = bare<{ v: Encoded; n?: readonly ObjectDescriptor[]; b?: 1 }>({ v });
    if (this.nodes.length > 0) description.n = this.nodes;
    if (this.cut) description.b = 1;
    return description;
  }

  /** Encodes a value that stands `level` steps below the root. */
  encode(value: unknown, level: number): Encoded {
    this.cells -= 1;
    return isPrimitive(value) ? this.primitive(value, this.options.maxString) : this.reference(value, level);
  }

  /** Adds a descriptor that is not the value's own (a prototype); gives its index. */
  addNode(node: MutableDescriptor): number {
    add(this.nodes, node);
    return this.nodes.length - 1;
  }

  private primitive(value: Parameters<typeof encodePrimitive>[0], limit: number): Encoded {
    if (typeof value !== "string") return sealed(encodePrimitive(value, limit));
    const maximum = this.characters > 0 ? limit : SHORT_STRING;
    this.characters -= value.length < maximum ? value.length : maximum;
    if (value.length > maximum) this.cut = true;
    return sealed(encodePrimitive(value, maximum));
  }

  private reference(value: object, level: number): Encoded {
    const known = mapGet(this.ids, value);
    if (known !== undefined) return sealed([known]);
    const { view } = this;
    let engineClass = view.classOf(value);
    let target: object | null | undefined = value;
    if (engineClass === ENGINE_CLASS.proxy && !this.options.showProxy) {
      for (let step = 0; step < MAX_PROXY_CHAIN && engineClass === ENGINE_CLASS.proxy; step++) {
        target = view.proxyTarget(target);
        if (target === null || target === undefined) break;
        engineClass = view.classOf(target);
      }
      if (target === null || target === undefined || engineClass === ENGINE_CLASS.proxy) {
        return sealed([this.addNode(bare<MutableDescriptor>({ k: "revoked" }))]);
      }
      const same = mapGet(this.ids, target);
      if (same !== undefined) return sealed([same]);
    }
    const node = bare<MutableDescriptor>({ k: "object" });
    const id = this.addNode(node);
    mapSet(this.ids, value, id);
    if (target !== value) {
      mapSet(this.ids, target, id);
      node.q = 1;
    }
    add(this.queue, bare<Visit>({ node, value, target, engineClass, level }));
    return sealed([id]);
  }

  private visit({ node, value, target, engineClass, level }: Visit): void {
    const { custom, depth } = this.options;
    if (custom !== undefined) {
      const method = customMethod(this.view, target, custom);
      if (method !== undefined) {
        const result = custom.call(method, value, depth - level);
        if (result !== value) {
          node.k = "custom";
          if (typeof result === "string") node.t = result;
          else node.v = this.encode(result, level);
          return;
        }
      }
    }
    const stub = level > depth || this.cells <= 0;
    if (stub) {
      node.d = 1;
      this.cut = true;
    }
    fillObject(this, node, target, value, engineClass & (DENSE_ARRAY - 1), {
      dense: (engineClass & DENSE_ARRAY) !== 0,
      elementsOnly: (engineClass & ELEMENTS_ONLY) !== 0,
      stub,
      level: level + 1,
    });
  }
}

function sealed(encoded: Encoded): Encoded {
  return typeof encoded === "object" && encoded !== null ? bare(encoded) : encoded;
}
