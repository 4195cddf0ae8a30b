import { StaticLifetime, type QuickJSContext, type QuickJSHandle } from "quickjs-emscripten-core";
import { ATOM_HIDDEN } from "../engine/wasm-binary";
import { DENSE_ARRAY, ELEMENTS_ONLY, ENGINE_CLASS } from "./engine-classes";

/** Upper half of a value that is an object (`JS_TAG_OBJECT`). */
const OBJECT_TAG = 0xffffffff;
// Layout of the engine's structures in the pinned build; engine-view.test.ts fails when it moves.
const FLAGS_OFFSET = 5;
const CLASS_OFFSET = 6;
const DENSE_FLAG = 8;
const SHAPE_OFFSET = 20;
const SHAPE_COUNT_OFFSET = 32;
const SHAPE_DELETED_OFFSET = 36;
const SHAPE_PROPERTIES_OFFSET = 48;
const SHAPE_PROPERTY_BYTES = 8;
const ATOM_OFFSET = 4;
const PROPERTIES_OFFSET = 24;
const PROPERTY_BYTES = 8;
const OPAQUE_OFFSET = 32;
const PROXY_HANDLER_OFFSET = 8;
const PROXY_REVOKED_OFFSET = 17;
const ITERATOR_KIND_OFFSET = 8;
const ITERATOR_RECORD_OFFSET = 12;
const MAP_RECORDS_OFFSET = 4;
const RECORD_DELETED_OFFSET = 4;
const RECORD_LINK_OFFSET = 8;
/** In a link of the engine's lists: the one that follows. */
const NEXT_OFFSET = 4;

const PROMISE_STATES = { pending: 0, fulfilled: 1, rejected: 2 } as const;

/**
 * Makes the object that the prelude gets as `EngineView`. JavaScript has no way to see that a value is a proxy, or what
 * class it really has, without running traps or getters; the engine's own memory tells. Everything here only reads.
 *
 * `memory` is the engine's own WebAssembly memory. The caller owns the handle that it gets back.
 */
export function createEngineView(
  context: QuickJSContext,
  memory: { readonly buffer: ArrayBuffer | SharedArrayBuffer },
): QuickJSHandle {
  let bytes = new DataView(memory.buffer);
  // Growing replaces the buffer.
  const view = (): DataView =>
    bytes.buffer === memory.buffer ? bytes : (bytes = new DataView(memory.buffer));

  const objectAt = (handle: QuickJSHandle | undefined): number => {
    if (handle === undefined) return 0;
    const pointer = handle.value >>> 0;
    const data = view();
    return data.getUint32(pointer + 4, true) === OBJECT_TAG ? data.getUint32(pointer, true) : 0;
  };
  const classOf = (object: number): number =>
    object === 0 ? 0 : view().getUint16(object + CLASS_OFFSET, true);

  const ownPropertyCount = (object: number): number => {
    const shape = view().getUint32(object + SHAPE_OFFSET, true);
    return (
      view().getUint32(shape + SHAPE_COUNT_OFFSET, true) -
      view().getUint32(shape + SHAPE_DELETED_OFFSET, true)
    );
  };

  /** Where the value of an object's own property is; 0 when it has none by this name. */
  const ownProperty = (object: number, atom: number): number => {
    const data = view();
    const shape = data.getUint32(object + SHAPE_OFFSET, true);
    const count = data.getUint32(shape + SHAPE_COUNT_OFFSET, true);
    for (let index = 0; index < count; index++) {
      const at = shape + SHAPE_PROPERTIES_OFFSET + index * SHAPE_PROPERTY_BYTES + ATOM_OFFSET;
      if (data.getUint32(at, true) !== atom) continue;
      return data.getUint32(object + PROPERTIES_OFFSET, true) + index * PROPERTY_BYTES;
    }
    return 0;
  };

  /** A value inside a proxy. The engine copies what a host function returns, so lending it is enough. */
  const proxyPart = (handle: QuickJSHandle | undefined, offset: number): QuickJSHandle => {
    const object = objectAt(handle);
    if (classOf(object) !== ENGINE_CLASS.proxy) return context.undefined;
    const proxy = view().getUint32(object + OPAQUE_OFFSET, true);
    if (proxy === 0 || view().getUint8(proxy + PROXY_REVOKED_OFFSET) !== 0) return context.null;
    const part = proxy + offset;
    if (view().getUint32(part + 4, true) !== OBJECT_TAG) return context.null;
    // The brand of a pointer exists only in types: this one was read from memory, so nobody could brand it.
    return lend(part as QuickJSHandle["value"], context);
  };

  /** The engine's state of an iterator over a map or set; 0 for other values. */
  const iteratorAt = (handle: QuickJSHandle | undefined): number => {
    const object = objectAt(handle);
    const id = classOf(object);
    if (id !== ENGINE_CLASS.mapIterator && id !== ENGINE_CLASS.setIterator) return 0;
    return view().getUint32(object + OPAQUE_OFFSET, true);
  };
  /** Where the map or set of an iterator stands in its state; 0 at the end, where it has let it go. */
  const iterated = (iterator: number): number =>
    iterator !== 0 && view().getUint32(iterator + 4, true) === OBJECT_TAG ? iterator : 0;

  /** Entries that an iterator has given and that are still there. */
  const entriesGiven = (iterator: number): number => {
    const data = view();
    if (iterated(iterator) === 0) return 0;
    const record = data.getUint32(iterator + ITERATOR_RECORD_OFFSET, true);
    if (record === 0) return 0;
    const records = data.getUint32(data.getUint32(iterator, true) + OPAQUE_OFFSET, true) + MAP_RECORDS_OFFSET;
    let given = 0;
    for (
      let link = data.getUint32(records + NEXT_OFFSET, true);
      link !== records;
      link = data.getUint32(link + NEXT_OFFSET, true)
    ) {
      const at = link - RECORD_LINK_OFFSET;
      if (data.getUint8(at + RECORD_DELETED_OFFSET) === 0) given++;
      if (at === record) break;
    }
    return given;
  };

  /** Numbers are asked for all the time; making a handle for each costs more than the look itself. */
  const numbers: QuickJSHandle[] = [];
  const number = (value: number): QuickJSHandle =>
    (numbers[value] ??= lend(context.newNumber(value).value, context));

  const negative = lend(context.newNumber(-1).value, context);

  const functions: Record<string, (value?: QuickJSHandle) => QuickJSHandle> = {
    classOf: (value) => {
      const object = objectAt(value);
      const id = classOf(object);
      const typed = id >= ENGINE_CLASS.firstTypedArray && id <= ENGINE_CLASS.lastTypedArray;
      if (!typed && id !== ENGINE_CLASS.array && id !== ENGINE_CLASS.string) return number(id);
      const dense = id === ENGINE_CLASS.array && (view().getUint8(object + FLAGS_OFFSET) & DENSE_FLAG) !== 0;
      // Arrays and boxed strings have one named property, their length.
      const elementsOnly = ownPropertyCount(object) === (typed ? 0 : 1);
      return number(id + (dense ? DENSE_ARRAY : 0) + (elementsOnly ? ELEMENTS_ONLY : 0));
    },
    promiseState: (value) => {
      if (value === undefined || classOf(objectAt(value)) !== ENGINE_CLASS.promise) return negative;
      const state = context.getPromiseState(value);
      if (state.type === "fulfilled") state.value.dispose();
      if (state.type === "rejected") state.error.dispose();
      return number(PROMISE_STATES[state.type]);
    },
    promiseResult: (value) => {
      if (value === undefined || classOf(objectAt(value)) !== ENGINE_CLASS.promise) return context.undefined;
      const state = context.getPromiseState(value);
      if (state.type === "fulfilled") return state.value;
      return state.type === "rejected" ? state.error : context.undefined;
    },
    iterated: (value) => {
      const at = iterated(iteratorAt(value));
      // As in proxyPart.
      return at === 0 ? context.undefined : lend(at as QuickJSHandle["value"], context);
    },
    iteratorKind: (value) => {
      const iterator = iteratorAt(value);
      return iterator === 0 ? negative : number(view().getUint32(iterator + ITERATOR_KIND_OFFSET, true));
    },
    entriesGiven: (value) => context.newNumber(entriesGiven(iteratorAt(value))),
    errorStack: (value) => {
      const object = objectAt(value);
      if (classOf(object) !== ENGINE_CLASS.error) return context.undefined;
      const property = ownProperty(object, ATOM_HIDDEN);
      // As in proxyPart.
      return property === 0 ? context.undefined : lend(property as QuickJSHandle["value"], context);
    },
    proxyTarget: (value) => proxyPart(value, 0),
    proxyHandler: (value) => proxyPart(value, PROXY_HANDLER_OFFSET),
  };

  const object = context.newObject();
  for (const [name, implementation] of Object.entries(functions)) {
    context.newFunction(name, implementation).consume((scoped) => {
      context.setProp(object, name, scoped);
    });
  }
  return object;
}

/** A handle that frees nothing: for values that belong to the engine, or live as long as the session. */
function lend(pointer: QuickJSHandle["value"], context: QuickJSContext): QuickJSHandle {
  // StaticLifetime is the library's own class for constants; its type parameters say less than QuickJSHandle.
  return new StaticLifetime(pointer, context.runtime) as unknown as QuickJSHandle;
}
