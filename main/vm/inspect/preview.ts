import type { PropertyPreview, ValuePreview } from "../../../shared/model/value";
import type { Description, Encoded, EncodedKey, ObjectDescriptor, PropertyDescription } from "./descriptor";
import { PROPERTY_GETTER, PROPERTY_HIDDEN, PROPERTY_SETTER } from "./descriptor";
import { plainJson } from "./plain-json";
import { Reviver, type StackMapper } from "./revive";
import { holdsPairs } from "./revive-size";
import { inspectRevived } from "./text";

/** First properties of an object that its preview names; the others are asked for by id. */
const MAX_PROPERTIES = 20;
/** Text of a property inside a preview. */
const MAX_PROPERTY_TEXT = 200;
/** Text of a whole preview. */
const MAX_PREVIEW_TEXT = 256 * 1024;

/** Preview of a described value, for the panel, the command line's JSON and the history. */
export function previewOf(description: Description, mapStack?: StackMapper): ValuePreview {
  const reviver = new Reviver(description.n ?? [], mapStack);
  const value = reviver.reviveAll(description.v);
  const root = rootNode(description);
  const text = inspectRevived(value, description);
  const preview: ValuePreview = {
    type: typeOf(description.v, root),
    preview: text.length <= MAX_PREVIEW_TEXT ? text : `${text.slice(0, MAX_PREVIEW_TEXT)}…`,
  };
  const size = sizeOf(description.v, root);
  if (size !== undefined) preview.size = size;
  if (description.b === 1 || text.length > MAX_PREVIEW_TEXT) preview.truncated = true;
  const json = plainJson(description);
  if (json !== undefined) preview.json = json.value;
  if (root === undefined) return preview;
  const subtype = subtypeOf(root);
  if (subtype !== undefined) preview.subtype = subtype;
  const className = classNameOf(value, root);
  if (className !== undefined) preview.className = className;
  if (description.i !== undefined) preview.objectId = description.i;
  const properties = propertiesOf(root, description, reviver);
  if (properties.length > 0) preview.properties = properties;
  return preview;
}

/**
 * The same for a value that needs no describer. Not for text: the engine's strings reach the host unharmed as JSON only.
 */
export function previewOfPlain(value: undefined | null | boolean | number): ValuePreview {
  return previewOf({ v: encodePlain(value) });
}

function encodePlain(value: undefined | null | boolean | number): Encoded {
  if (value === undefined) return ["u"];
  if (typeof value !== "number") return value;
  if (Object.is(value, -0)) return ["n", "-0"];
  return Number.isFinite(value) ? value : ["n", String(value)];
}

/** Previews of the properties that the describer lists for a kept object. */
export function propertyPreviews(
  properties: readonly PropertyDescription[],
  mapStack?: StackMapper,
): PropertyPreview[] {
  return properties.map((property) => {
    const preview: PropertyPreview = {
      name: keyText(property.key),
      kind: property.kind,
      enumerable: property.enumerable,
    };
    if (property.value !== undefined) preview.value = previewOf(property.value, mapStack);
    if (property.entryKey !== undefined) preview.key = previewOf(property.entryKey, mapStack);
    if (property.access !== undefined) preview.value = accessorPreview(property.access);
    return preview;
  });
}

function rootNode({ v, n }: Description): ObjectDescriptor | undefined {
  return Array.isArray(v) && typeof v[0] === "number" ? n?.[v[0]] : undefined;
}

function typeOf(encoded: Encoded, node: ObjectDescriptor | undefined): ValuePreview["type"] {
  if (node !== undefined) return node.k === "function" ? "function" : "object";
  if (encoded === null) return "null";
  if (typeof encoded !== "object") return typeof encoded;
  const types = { u: "undefined", n: "number", b: "bigint", y: "symbol", s: "string", t: "bigint" } as const;
  return typeof encoded[0] === "string" ? types[encoded[0]] : "object";
}

function sizeOf(encoded: Encoded, node: ObjectDescriptor | undefined): number | undefined {
  if (node !== undefined) return node.l !== undefined && node.l >= 0 ? node.l : undefined;
  if (typeof encoded === "string") return encoded.length;
  return typeof encoded === "object" && encoded?.[0] === "s" ? encoded[2] : undefined;
}

function subtypeOf(node: ObjectDescriptor): string | undefined {
  if (node.q === 1 || node.k === "revoked") return "proxy";
  switch (node.k) {
    case "object":
    case "prototype":
    case "custom":
      return undefined;
    case "function":
      return node.t === "" ? undefined : node.t;
    default:
      return node.k;
  }
}

function classNameOf(value: unknown, node: ObjectDescriptor): string | undefined {
  if (node.k === "custom" || node.k === "revoked" || node.k === "proxy" || node.k === "module")
    return undefined;
  let current: unknown = value;
  while ((typeof current === "object" && current !== null) || typeof current === "function") {
    const made: unknown = Object.getOwnPropertyDescriptor(current, "constructor")?.value;
    if (typeof made === "function" && made.name !== "" && !(current === value && node.c === undefined))
      return made.name;
    current = Object.getPrototypeOf(current) as unknown;
  }
  return undefined;
}

function accessorPreview(access: string): ValuePreview {
  const names: Readonly<Record<string, string>> = {
    get: "[Getter]",
    set: "[Setter]",
    "get/set": "[Getter/Setter]",
  };
  return { type: "undefined", subtype: "accessor", preview: names[access] ?? "[Getter]" };
}

function keyText(key: EncodedKey): string {
  if (typeof key === "string") return key;
  return `[Symbol(${key[1] ?? ""})]`;
}

function propertiesOf(node: ObjectDescriptor, description: Description, reviver: Reviver): PropertyPreview[] {
  if (node.k === "custom" || node.k === "revoked") return [];
  const previews: PropertyPreview[] = [];
  const small = (encoded: Encoded): ValuePreview => smallPreview(encoded, description, reviver);
  const elements = node.e ?? [];
  if (holdsPairs(node)) {
    for (let at = 0; at + 1 < elements.length && previews.length < MAX_PROPERTIES; at += 2) {
      const key = small(elements[at] ?? null);
      previews.push({
        name: key.preview,
        kind: "entry",
        enumerable: true,
        key,
        value: small(elements[at + 1] ?? null),
      });
    }
  } else if (node.k !== "arraybuffer" && node.k !== "sharedarraybuffer") {
    const kind = node.k === "set" ? "entry" : "property";
    elements.slice(0, MAX_PROPERTIES).forEach((encoded, index) => {
      previews.push({
        name: String(node.x?.[index] ?? index),
        kind,
        enumerable: true,
        value: small(encoded),
      });
    });
  }
  if (node.s !== undefined) {
    previews.push({
      name: "[[PromiseState]]",
      kind: "internal",
      enumerable: false,
      value: { type: "string", preview: node.s },
    });
    if (node.v !== undefined)
      previews.push({ name: "[[PromiseResult]]", kind: "internal", enumerable: false, value: small(node.v) });
  }
  const properties = node.d === 1 ? [] : (node.o ?? []);
  for (let at = 0; at < properties.length && previews.length < MAX_PROPERTIES; at += 3) {
    const bits = properties[at + 1] as number;
    const accessor = (bits & (PROPERTY_GETTER | PROPERTY_SETTER)) !== 0;
    previews.push({
      name: keyText(properties[at] as EncodedKey),
      kind: accessor ? "accessor" : "property",
      enumerable: (bits & PROPERTY_HIDDEN) === 0,
      value: accessor ? accessorPreview(accessText(bits)) : small(properties[at + 2] as Encoded),
    });
  }
  return previews;
}

function accessText(bits: number): string {
  if ((bits & PROPERTY_GETTER) === 0) return "set";
  return (bits & PROPERTY_SETTER) === 0 ? "get" : "get/set";
}

/** One line about a value inside a preview; its own properties are not listed. */
function smallPreview(encoded: Encoded, description: Description, reviver: Reviver): ValuePreview {
  const node = rootNode({ v: encoded, ...(description.n === undefined ? {} : { n: description.n }) });
  const value = reviver.value(encoded);
  const text = inspectRevived(value, description, {
    depth: 0,
    breakLength: null,
    maxArrayLength: 5,
    maxStringLength: MAX_PROPERTY_TEXT,
  });
  const preview: ValuePreview = {
    type: typeOf(encoded, node),
    preview: text.length <= MAX_PROPERTY_TEXT ? text : `${text.slice(0, MAX_PROPERTY_TEXT)}…`,
  };
  const size = sizeOf(encoded, node);
  if (size !== undefined) preview.size = size;
  if (node === undefined) return preview;
  const subtype = subtypeOf(node);
  if (subtype !== undefined) preview.subtype = subtype;
  const className = classNameOf(value, node);
  if (className !== undefined) preview.className = className;
  return preview;
}
