import { CallSite, frameText, type FrameData } from "./call-site";
import { errorParts } from "./describe/error-like";
import type { EngineView, InternalHost } from "./environment";
import {
  IntrinsicError,
  IntrinsicTypeError,
  IntrinsicWeakMap,
  arrayJoin,
  arrayPush,
  defineData,
  errorToString,
  functionBind,
  objectCreate,
  objectDefineProperty,
  objectGetPrototypeOf,
  ownDescriptor,
  reflectApply,
  reflectDefineProperty,
  reflectDeleteProperty,
  stringSlice,
  stringIndexOf,
  weakMapDelete,
  weakMapGet,
  weakMapHas,
  weakMapSet,
} from "./primordials";

/*
 * The engine writes the stack of an error as a text of its own: no header, frames of the runtime, places in the code that
 * runs. It keeps that text where no script sees it, and `stack` is an accessor (see `main/vm/engine/wasm-binary.ts`) until a
 * script reads it; then it is the data property that Node has.
 */

/** What reading a stack needs; set once per session. */
let surroundings: { readonly view: EngineView; readonly host: InternalHost } | undefined;
/** Engine's texts of objects that did not get theirs from the engine. */
const given = new IntrinsicWeakMap<object, string>();
/** What scripts have read. */
const shownStacks = new IntrinsicWeakMap<object, unknown>();
/** Errors that a script's `prepareStackTrace` is looking at. */
const preparing = new IntrinsicWeakMap<object, true>();

const PREPARE = "prepareStackTrace";
const LIMIT = "stackTraceLimit";
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 1_000_000;
const MAX_HOPS = 1_000;
/** Name that a function has while the stack above it is looked for. */
const MARK = "vm:above";

/** The functions behind `stack` of every error. */
export const stackAccessor = ownDescriptor(
  {
    get stack(): unknown {
      const holder = holderOf(this);
      if (holder === undefined) return undefined;
      const shown = show(holder);
      // A script's own function may have replaced it meanwhile.
      if (!isStackGetter(ownDescriptor(holder, "stack")?.get)) return shown;
      weakMapSet(shownStacks, holder, shown);
      reflectDefineProperty(holder, "stack", dataDescriptor(shown, false));
      return shown;
    },
    set stack(value: unknown) {
      if ((typeof this !== "object" && typeof this !== "function") || this === null) return;
      const descriptor = dataDescriptor(value, ownDescriptor(this, "stack") === undefined);
      if (!reflectDefineProperty(this, "stack", descriptor))
        throw new IntrinsicTypeError("Cannot assign to read only property 'stack'");
    },
  },
  "stack",
) as { readonly get: (this: unknown) => unknown; readonly set: (this: unknown, value: unknown) => void };

/** Sets what makes texts readable, and the members of `Error` that V8 has. */
export function installStacks(view: EngineView, host: InternalHost): void {
  surroundings = { view, host };
  defineData(IntrinsicError, CAPTURE, captureStackTrace, false);
  defineData(IntrinsicError, LIMIT, DEFAULT_LIMIT, true);
}

/** Bound, because built-in functions show no source. */
const captureStackTrace = functionBind((target: unknown, above?: unknown): void => {
  if ((typeof target !== "object" && typeof target !== "function") || target === null)
    throw new IntrinsicTypeError("Invalid argument");
  setEngineStack(target, stackAbove(above));
}, undefined);
const CAPTURE = "captureStackTrace";
objectDefineProperty(captureStackTrace, "name", { __proto__: null, value: CAPTURE } as PropertyDescriptor);

/** The engine's text of the current stack. */
export function currentEngineStack(): string {
  return engineStack(new IntrinsicError()) ?? "";
}

/** The engine's text of an object's stack, which the host leads back to the user's sources; runs no user code. */
export function engineStack(error: object): string | undefined {
  const own = weakMapGet(given, error) ?? surroundings?.view.errorStack(error);
  if (own !== undefined) return own;
  // Errors from before the session, and of engines that give errors their text.
  const value: unknown = ownDescriptor(error, "stack")?.value;
  return typeof value === "string" ? value : undefined;
}

/** Gives an object a stack, from a text as the engine writes it. */
export function setEngineStack(target: object, text: string): void {
  const accessor = { __proto__: null, ...stackAccessor, enumerable: false, configurable: true };
  if (!reflectDefineProperty(target, "stack", accessor as PropertyDescriptor))
    throw new IntrinsicTypeError("Cannot define property stack, object is not extensible");
  weakMapSet(given, throughProxies(target) ?? target, text);
}

/**
 * What an error has as its stack: the engine's text as long as no script has read or set it, or the script's text. Runs no
 * user code; not for proxies.
 */
export function stackText(error: object): string | undefined {
  const descriptor = ownDescriptor(error, "stack");
  if (isStackGetter(descriptor?.get)) return engineStack(error);
  const value: unknown = descriptor?.value;
  return typeof value === "string" ? value : undefined;
}

/** Whether an error's stack is still the engine's, read or not. */
export function isEngineStack(error: object): boolean {
  const descriptor = ownDescriptor(error, "stack");
  if (descriptor === undefined) return false;
  if (isStackGetter(descriptor.get)) return true;
  return weakMapHas(shownStacks, error) && weakMapGet(shownStacks, error) === descriptor.value;
}

/** The stack as scripts read it, but by data properties only: runs no user code. */
export function quietStack(error: object): string | undefined {
  const text = engineStack(error);
  if (text === undefined) return undefined;
  const parts = errorParts(error);
  const name = parts?.name ?? quietText(error, "name") ?? "Error";
  const message = parts?.message ?? quietText(error, "message") ?? "";
  const header = message === "" ? name : name === "" ? message : name + ": " + message;
  return withFrames(header, text, limitOf() ?? DEFAULT_LIMIT);
}

/** Whether a getter is that of stacks which nobody has read yet. */
export function isStackGetter(getter: unknown): boolean {
  return getter === stackAccessor.get;
}

function show(error: object): unknown {
  const text = engineStack(error);
  const limit = limitOf();
  if (text === undefined || limit === undefined) return undefined;
  const prepare: unknown = (IntrinsicError as { [PREPARE]?: unknown })[PREPARE];
  if (typeof prepare === "function" && !weakMapHas(preparing, error)) {
    weakMapSet(preparing, error, true);
    try {
      return reflectApply(prepare, IntrinsicError, [error, callSites(text, limit)]);
    } finally {
      weakMapDelete(preparing, error);
    }
  }
  return withFrames(errorToString(error), text, limit);
}

function framesOf(text: string, limit: number): readonly FrameData[] {
  // Plain data that the host has made: its `stackFrames` is typed, what crosses is not.
  return surroundings?.host.call("stackFrames", text, limit) as unknown as readonly FrameData[];
}

function withFrames(header: string, text: string, limit: number): string {
  const frames = framesOf(text, limit);
  const lines: string[] = [header];
  for (let index = 0; index < frames.length; index++) {
    arrayPush(lines, "    at " + frameText(frames[index] as FrameData));
  }
  return arrayJoin(lines, "\n");
}

function callSites(text: string, limit: number): CallSite[] {
  const frames = framesOf(text, limit);
  const sites: CallSite[] = [];
  for (let index = 0; index < frames.length; index++) {
    arrayPush(sites, new CallSite(frames[index] as FrameData));
  }
  return sites;
}

function dataDescriptor(value: unknown, enumerable: boolean): PropertyDescriptor {
  return { __proto__: null, value, enumerable, writable: true, configurable: true } as PropertyDescriptor;
}

/** `Error.stackTraceLimit` as a count; `undefined` when it is no number: then errors have no stack. */
function limitOf(): number | undefined {
  const limit: unknown = ownDescriptor(IntrinsicError, LIMIT)?.value;
  if (typeof limit !== "number") return undefined;
  if (!(limit > 0)) return 0;
  return limit > MAX_LIMIT ? MAX_LIMIT : limit;
}

/** The engine's text of the stack above the innermost call of a function; of the whole stack if it is none. */
function stackAbove(above: unknown): string {
  if (typeof above !== "function" || throughProxies(above) !== above) return currentEngineStack();
  const name = ownDescriptor(above, "name");
  const marked = objectCreate(null) as PropertyDescriptor;
  marked.value = MARK;
  marked.configurable = true;
  // The engine's text has names only. One that cannot be changed has to be told by what it is.
  const changed = reflectDefineProperty(above, "name", marked);
  const sought = changed ? MARK : typeof name?.value === "string" ? name.value : "<anonymous>";
  let text: string;
  try {
    text = currentEngineStack();
  } finally {
    if (changed && name === undefined) reflectDeleteProperty(above, "name");
    else if (changed && name !== undefined) reflectDefineProperty(above, "name", name);
  }
  const start = stringIndexOf("\n" + text, "\n    at " + sought + " (");
  if (start < 0) return "";
  const end = stringIndexOf(text, "\n", start);
  return end < 0 ? "" : stringSlice(text, end + 1);
}

/** The object whose `stack` was read: it, one of its prototypes, or what is behind a proxy. Meets no trap. */
function holderOf(receiver: unknown): object | undefined {
  let object: unknown = receiver;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    if ((typeof object !== "object" && typeof object !== "function") || object === null) return undefined;
    const target = throughProxies(object);
    if (target === undefined) return undefined;
    if (isStackGetter(ownDescriptor(target, "stack")?.get)) return target;
    object = objectGetPrototypeOf(target);
  }
  return undefined;
}

/** What is behind proxies; `undefined` when one of them is revoked. */
function throughProxies(object: object): object | undefined {
  let target: object = object;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const next = surroundings?.view.proxyTarget(target);
    if (next === undefined) return target;
    if (next === null) return undefined;
    target = next;
  }
  return undefined;
}

/** A data property of an object or its prototypes, as text; meets neither getters nor proxies. */
function quietText(error: object, name: string): string | undefined {
  let object: object | null = error;
  for (let hops = 0; object !== null && hops < MAX_HOPS; hops++) {
    if (throughProxies(object) !== object) return undefined;
    const descriptor = ownDescriptor(object, name);
    if (descriptor !== undefined) return typeof descriptor.value === "string" ? descriptor.value : undefined;
    object = objectGetPrototypeOf(object) as object | null;
  }
  return undefined;
}
