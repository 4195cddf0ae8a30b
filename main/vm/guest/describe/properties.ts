import { ELEMENTS_ONLY, ENGINE_CLASS } from "../../inspect/engine-classes";
import type { Description, EncodedKey, PropertyDescription } from "../../inspect/descriptor";
import type { EngineView } from "../environment";
import { objectGetPrototypeOf, reflectOwnKeys } from "../primordials";
import { encodeKey } from "./encode";
import {
  add,
  bare,
  list,
  mapEntries,
  mapIteratorNext,
  mapSize,
  ownDescriptor,
  setIteratorNext,
  setSize,
  setValues,
  typedArrayLength,
} from "./intrinsics";

export type DescribeValue = (value: unknown) => Description;

type Mutable = { -readonly [K in keyof PropertyDescription]: PropertyDescription[K] };

/** Lists one page of what is inside an object, in the order of developer tools; describes only what is on the page. */
export class PropertyLister {
  private readonly found = list<PropertyDescription>();
  private position = 0;

  constructor(
    private readonly view: EngineView,
    private readonly describe: DescribeValue,
    private readonly start: number,
    private readonly count: number,
  ) {}

  list(object: object): readonly PropertyDescription[] {
    const code = this.view.classOf(object);
    const kind = code & 255;
    if (kind === ENGINE_CLASS.proxy) {
      this.internal("[[Target]]", this.view.proxyTarget(object));
      this.internal("[[Handler]]", this.view.proxyHandler(object));
      return this.found;
    }
    if (kind === ENGINE_CLASS.array) this.array(object as readonly unknown[], (code & ELEMENTS_ONLY) !== 0);
    else if (kind >= ENGINE_CLASS.firstTypedArray && kind <= ENGINE_CLASS.lastTypedArray)
      this.typedArray(object as Uint8Array);
    else this.own(reflectOwnKeys(object), object);
    if (kind === ENGINE_CLASS.map) this.map(object);
    if (kind === ENGINE_CLASS.set) this.set(object);
    if (kind === ENGINE_CLASS.promise) {
      const state = this.view.promiseState(object);
      this.internal("[[PromiseState]]", state === 1 ? "fulfilled" : state === 2 ? "rejected" : "pending");
      if (state > 0) this.internal("[[PromiseResult]]", this.view.promiseResult(object));
    }
    this.internal("[[Prototype]]", objectGetPrototypeOf(object));
    return this.found;
  }

  /** Whether the next thing is on the page; counts it. */
  private wanted(): boolean {
    const place = this.position;
    this.position += 1;
    return place >= this.start && place < this.start + this.count;
  }

  private full(): boolean {
    return this.position >= this.start + this.count;
  }

  private skip(total: number): number {
    const skipped =
      this.start > this.position
        ? this.start - this.position < total
          ? this.start - this.position
          : total
        : 0;
    this.position += skipped;
    return skipped;
  }

  private internal(name: string, value: unknown): void {
    if (!this.wanted()) return;
    this.push({ key: name, kind: "internal", enumerable: false, value: this.describe(value) });
  }

  private push(property: Mutable): void {
    if (typeof property.key === "object") bare(property.key);
    add(this.found, bare(property) as PropertyDescription);
  }

  private array(array: readonly unknown[], elementsOnly: boolean): void {
    if (!elementsOnly) {
      this.own(reflectOwnKeys(array), array);
      return;
    }
    for (let index = this.skip(array.length); index < array.length && !this.full(); index++)
      this.property(array, "" + index);
    if (!this.full()) this.property(array, "length");
  }

  private typedArray(array: Uint8Array): void {
    const length = typedArrayLength(array);
    for (let index = this.skip(length); index < length && !this.full(); index++)
      this.property(array, "" + index);
  }

  private own(keys: readonly (string | symbol)[], object: object): void {
    for (let index = this.skip(keys.length); index < keys.length && !this.full(); index++) {
      const key = keys[index];
      if (key !== undefined) this.property(object, key);
    }
  }

  private property(object: object, key: string | symbol): void {
    if (!this.wanted()) return;
    const encoded: EncodedKey = encodeKey(key);
    let descriptor: PropertyDescriptor | undefined;
    try {
      descriptor = ownDescriptor(object, key);
    } catch {
      // A binding of a module that is not initialised yet.
    }
    if (descriptor === undefined) {
      this.push({ key: encoded, kind: "property", enumerable: true });
      return;
    }
    const enumerable = descriptor.enumerable === true;
    if (descriptor.get === undefined && descriptor.set === undefined) {
      this.push({ key: encoded, kind: "property", enumerable, value: this.describe(descriptor.value) });
      return;
    }
    const access = descriptor.get === undefined ? "set" : descriptor.set === undefined ? "get" : "get/set";
    this.push({ key: encoded, kind: "accessor", enumerable, access });
  }

  private map(map: object): void {
    const size = mapSize(map);
    const skipped = this.skip(size);
    const entries = mapEntries(map);
    for (let index = 0; index < size && !this.full(); index++) {
      const step = mapIteratorNext(entries);
      if (step.done === true) return;
      if (index < skipped || !this.wanted()) continue;
      this.push({
        key: "" + index,
        kind: "entry",
        enumerable: true,
        entryKey: this.describe(step.value[0]),
        value: this.describe(step.value[1]),
      });
    }
  }

  private set(set: object): void {
    const size = setSize(set);
    const skipped = this.skip(size);
    const values = setValues(set);
    for (let index = 0; index < size && !this.full(); index++) {
      const step = setIteratorNext(values);
      if (step.done === true) return;
      if (index < skipped || !this.wanted()) continue;
      this.push({ key: "" + index, kind: "entry", enumerable: true, value: this.describe(step.value) });
    }
  }
}
