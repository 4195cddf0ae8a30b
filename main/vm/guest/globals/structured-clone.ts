import { ERROR_CLASSES, TYPED_ARRAY_CLASSES } from "../../inspect/class-names";
import { ENGINE_CLASS } from "../../inspect/engine-classes";
import * as intrinsic from "../describe/intrinsics";
import { bare, ownDescriptor } from "../describe/intrinsics";
import type { EngineView } from "../environment";
import {
  arrayBufferByteLength,
  arrayBufferSlice,
  arrayIsArray,
  IntrinsicMap,
  IntrinsicSet,
  IntrinsicString,
  mapGet,
  mapSet,
  objectDefineProperty,
  objectHasOwn,
  objectKeys,
  typedArrayBuffer,
  typedArrayByteOffset,
  typedArrayTag,
  uncurryThis,
} from "../primordials";
import { checkOptions, codedTypeError, defineGlobal } from "./define";
import { domException } from "./dom-exception";

const setAdd = uncurryThis(Set.prototype.add) as (set: Set<unknown>, value: unknown) => unknown;
const transfer = uncurryThis(
  (ArrayBuffer.prototype as unknown as { transfer(): ArrayBuffer }).transfer ?? ArrayBuffer.prototype.slice,
) as (buffer: unknown) => ArrayBuffer;
/** The engine's own classes, taken before a script can replace them. */
function classesOf<Class>(names: readonly string[]): Readonly<Record<string, Class>> {
  const found: Record<string, Class> = bare({});
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    if (name !== undefined) found[name] = (globalThis as unknown as Record<string, Class>)[name] as Class;
  }
  return found;
}
const typedArrays =
  classesOf<new (buffer: ArrayBuffer, offset: number, length: number) => object>(TYPED_ARRAY_CLASSES);
const errorClasses = classesOf<new () => Error>(ERROR_CLASSES);
const IntrinsicDate = Date;
const IntrinsicRegExp = RegExp;
const IntrinsicDataView = DataView;
const IntrinsicObject = Object;

interface Task {
  readonly source: object;
  readonly made: object;
  readonly engineClass: number;
}

/** `structuredClone`: deep copies without recursion, so that a long list is no deep stack. */
export function installStructuredClone(view: EngineView): void {
  const clone = (value: unknown, transferred: readonly object[]): unknown => {
    const memory = new IntrinsicMap<object, object>();
    const moved = new IntrinsicMap<object, true>();
    const queue = intrinsic.list<Task>();
    for (let index = 0; index < transferred.length; index++) {
      const item = transferred[index];
      if (item === undefined || view.classOf(item) !== ENGINE_CLASS.arrayBuffer)
        throw codedTypeError("ERR_INVALID_TRANSFER_OBJECT", "Found invalid object in transferList");
      if (mapGet(moved, item) === true)
        throw domException("Transfer list contains duplicate ArrayBuffer", "DataCloneError");
      mapSet(moved, item, true);
    }

    const copy = (from: unknown): unknown => {
      if (typeof from === "symbol")
        throw domException(IntrinsicString(from) + " could not be cloned.", "DataCloneError");
      if (typeof from === "function")
        throw domException(intrinsic.functionToString(from) + " could not be cloned.", "DataCloneError");
      if (typeof from !== "object" || from === null) return from;
      const known = mapGet(memory, from);
      if (known !== undefined) return known;
      const engineClass = view.classOf(from) & 255;
      const made = make(from, engineClass);
      mapSet(memory, from, made);
      if (fills(engineClass)) intrinsic.add(queue, { source: from, made, engineClass });
      return made;
    };

    const make = (source: object, engineClass: number): object => {
      switch (engineClass) {
        case ENGINE_CLASS.object:
          return {};
        case ENGINE_CLASS.array: {
          const array: unknown[] = [];
          array.length = (source as unknown[]).length;
          return array;
        }
        case ENGINE_CLASS.map:
          return new IntrinsicMap();
        case ENGINE_CLASS.set:
          return new IntrinsicSet();
        case ENGINE_CLASS.date:
          return new IntrinsicDate(intrinsic.dateTime(source));
        case ENGINE_CLASS.regexp:
          return new IntrinsicRegExp(intrinsic.regexpSource(source), intrinsic.regexpFlags(source));
        case ENGINE_CLASS.number:
          return IntrinsicObject(intrinsic.numberValueOf(source)) as object;
        case ENGINE_CLASS.string:
          return IntrinsicObject(intrinsic.stringValueOf(source)) as object;
        case ENGINE_CLASS.boolean:
          return IntrinsicObject(intrinsic.booleanValueOf(source)) as object;
        case ENGINE_CLASS.bigint:
          return IntrinsicObject(intrinsic.bigintValueOf(source)) as object;
        case ENGINE_CLASS.error:
          return makeError(source as Error);
        case ENGINE_CLASS.arrayBuffer:
          return copyBuffer(source);
        case ENGINE_CLASS.sharedArrayBuffer:
          return source;
        case ENGINE_CLASS.dataView: {
          const buffer = copy(intrinsic.dataViewBuffer(source)) as ArrayBuffer;
          return new IntrinsicDataView(
            buffer,
            intrinsic.dataViewByteOffset(source),
            intrinsic.dataViewByteLength(source),
          );
        }
        default: {
          const name = typedArrayTag(source);
          const TypedArray = name === undefined ? undefined : typedArrays[name];
          if (TypedArray === undefined) throw uncloneable(classText(engineClass), " could not be cloned.");
          const view_ = source as Uint8Array;
          const offset = typedArrayByteOffset(view_);
          const length = intrinsic.typedArrayLength(view_);
          return new TypedArray(copy(typedArrayBuffer(view_)) as ArrayBuffer, offset, length);
        }
      }
    };

    const makeError = (source: Error): Error => {
      const name = source.name as unknown;
      const ErrorClass = (typeof name === "string" ? errorClasses[name] : undefined) ?? errorClasses["Error"];
      if (ErrorClass === undefined) return source;
      const made = new ErrorClass();
      hide(made, "stack", ownDescriptor(source, "stack")?.value);
      const message = ownDescriptor(source, "message");
      if (message !== undefined && objectHasOwn(message, "value"))
        hide(made, "message", IntrinsicString(message.value));
      mapSet(memory, source, made);
      const cause = ownDescriptor(source, "cause");
      if (cause !== undefined && objectHasOwn(cause, "value")) hide(made, "cause", copy(cause.value));
      return made;
    };

    const copyBuffer = (source: object): ArrayBuffer => {
      if (mapGet(moved, source) === true) return transfer(source);
      return arrayBufferSlice(source, 0, arrayBufferByteLength(source));
    };

    const fill = ({ source, made, engineClass }: Task): void => {
      if (engineClass === ENGINE_CLASS.map) {
        const entries = intrinsic.mapEntries(source);
        const pairs = intrinsic.list<unknown>();
        for (
          let step = intrinsic.mapIteratorNext(entries);
          step.done !== true;
          step = intrinsic.mapIteratorNext(entries)
        ) {
          intrinsic.add(pairs, step.value[0]);
          intrinsic.add(pairs, step.value[1]);
        }
        for (let index = 0; index < pairs.length; index += 2)
          mapSet(made as Map<unknown, unknown>, copy(pairs[index]), copy(pairs[index + 1]));
        return;
      }
      if (engineClass === ENGINE_CLASS.set) {
        const values = intrinsic.setValues(source);
        const items = intrinsic.list<unknown>();
        for (
          let step = intrinsic.setIteratorNext(values);
          step.done !== true;
          step = intrinsic.setIteratorNext(values)
        )
          intrinsic.add(items, step.value);
        for (let index = 0; index < items.length; index++) setAdd(made as Set<unknown>, copy(items[index]));
        return;
      }
      const keys = objectKeys(source);
      for (let index = 0; index < keys.length; index++) {
        const key = keys[index];
        // A getter that ran before may have deleted it.
        if (key === undefined || !objectHasOwn(source, key)) continue;
        const value = copy((source as Record<string, unknown>)[key]);
        objectDefineProperty(
          made,
          key,
          bare({ value, writable: true, enumerable: true, configurable: true }),
        );
      }
    };

    const result = copy(value);
    for (let index = 0; index < queue.length; index++) {
      const task = queue[index];
      if (task !== undefined) fill(task);
    }
    for (let index = 0; index < transferred.length; index++) {
      const item = transferred[index];
      // What the value did not contain is detached all the same.
      if (item !== undefined && mapGet(memory, item) === undefined) transfer(item);
    }
    return result;
  };

  const structuredClone = (...args: [unknown?, unknown?]): unknown => {
    if (args.length === 0) throw codedTypeError("ERR_MISSING_ARGS", 'The "value" argument must be specified');
    const options = args[1];
    checkOptions(options);
    const list: unknown = (options as { transfer?: unknown } | null | undefined)?.transfer;
    return clone(args[0], arrayIsArray(list) ? (list as object[]) : []);
  };
  objectDefineProperty(structuredClone, "name", bare({ value: "structuredClone" }));
  defineGlobal("structuredClone", structuredClone, true);
}

function fills(engineClass: number): boolean {
  switch (engineClass) {
    case ENGINE_CLASS.object:
    case ENGINE_CLASS.array:
    case ENGINE_CLASS.map:
    case ENGINE_CLASS.set:
      return true;
    default:
      return false;
  }
}

function hide(object: object, key: string, value: unknown): void {
  objectDefineProperty(object, key, bare({ value, writable: true, enumerable: false, configurable: true }));
}

function uncloneable(what: string, why: string): Error {
  return domException(what + why, "DataCloneError");
}

/** V8 names what it cannot clone as `Object.prototype.toString` would. */
function classText(engineClass: number): string {
  switch (engineClass) {
    case ENGINE_CLASS.promise:
      return "#<Promise>";
    case ENGINE_CLASS.weakMap:
      return "#<WeakMap>";
    case ENGINE_CLASS.weakSet:
      return "#<WeakSet>";
    case ENGINE_CLASS.weakRef:
      return "#<WeakRef>";
    case ENGINE_CLASS.generator:
      return "[object Generator]";
    default:
      return "#<Object>";
  }
}
