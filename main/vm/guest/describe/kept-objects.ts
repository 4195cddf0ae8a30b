import {
  IntrinsicMap,
  IntrinsicWeakMap,
  mapDelete,
  mapForEach,
  mapGet,
  mapSet,
  weakMapDelete,
  weakMapGet,
  weakMapSet,
} from "../primordials";
import { weakRefDeref } from "./intrinsics";

interface Kept {
  readonly id: string;
  readonly weight: number;
  /** The object itself, or a weak reference to one that is too large to be kept alive for its preview's sake. */
  readonly strong: object | undefined;
  readonly weak: WeakRef<object> | undefined;
}

const MAX_KEPT = 10_000;
/** Elements and properties, roughly, that previews may keep alive together: a few megabytes. */
const MAX_WEIGHT = 200_000;
const MAX_SINGLE_WEIGHT = 50_000;

const IntrinsicWeakRef = WeakRef;
/**
 * Objects that previews refer to by id, until they are released. Bounded, so that a script that logs large objects in a
 * loop does not run out of memory because of its console: the oldest go first, and a very large object is kept only as
 * long as the script itself holds it.
 */
export class KeptObjects {
  private readonly byId = new IntrinsicMap<string, Kept>();
  private readonly byObject = new IntrinsicWeakMap<object, Kept>();
  private next = 1;
  private count = 0;
  private weight = 0;

  /**
   * Id of an object; the same as long as it is kept. `weight` is about the number of its elements and properties. A
   * result is held whatever its weight; what the console shows is not.
   */
  keep(object: object, weight: number, role: "result" | "shown"): string {
    const known = weakMapGet(this.byObject, object);
    if (known !== undefined && mapGet(this.byId, known.id) !== undefined) return known.id;
    const heavy = weight > MAX_SINGLE_WEIGHT && role === "shown";
    const kept: Kept = {
      id: "o" + this.next,
      weight: heavy ? 1 : 1 + (weight < MAX_SINGLE_WEIGHT ? weight : MAX_SINGLE_WEIGHT),
      strong: heavy ? undefined : object,
      weak: heavy ? new IntrinsicWeakRef(object) : undefined,
    };
    this.next += 1;
    this.count += 1;
    this.weight += kept.weight;
    mapSet(this.byId, kept.id, kept);
    weakMapSet(this.byObject, object, kept);
    if (this.count > MAX_KEPT || this.weight > MAX_WEIGHT) this.dropOldest();
    return kept.id;
  }

  get(id: string): object | undefined {
    const kept = mapGet(this.byId, id);
    if (kept === undefined) return undefined;
    return kept.strong ?? weakRefDeref(kept.weak);
  }

  release(id: string): void {
    const kept = mapGet(this.byId, id);
    if (kept === undefined) return;
    mapDelete(this.byId, id);
    // The engine's WeakMap holds what it maps to, and that holds the object: only this lets go of it.
    if (kept.strong !== undefined) weakMapDelete(this.byObject, kept.strong);
    this.count -= 1;
    this.weight -= kept.weight;
  }

  /** Drops half of everything at once, so that the walk over the table is rare. */
  private dropOldest(): void {
    mapForEach(this.byId, (_, id) => {
      if (this.count > MAX_KEPT / 2 || this.weight > MAX_WEIGHT / 2) this.release(id);
    });
  }
}
