/**
 * Source of the observer that runs on both sides, in Node and in a session: turns what a call gave or threw into text
 * that is equal exactly when the two are equal for a script. ECMAScript only.
 */
export const OBSERVER = `
const observe = (() => {
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const errorFields = ["code", "errno", "syscall", "path", "dest", "input"];
  const asError = (error) => {
    const fields = {};
    for (const field of errorFields) if (error[field] !== undefined) fields[field] = look(error[field], 3);
    return { error: error.name, message: error.message, ...fields };
  };
  // A number that no two runs share: times, inode numbers, and what the disk decides.
  const volatile = new Set(["dev", "ino", "atimeMs", "mtimeMs", "ctimeMs", "birthtimeMs", "atime", "mtime", "ctime", "birthtime", "atimeNs", "mtimeNs", "ctimeNs", "birthtimeNs", "blocks", "blksize", "uid", "gid", "nlink", "rdev"]);
  const isStats = (value) => value.mode !== undefined && value.birthtime !== undefined;
  const kinds = ["isFile", "isDirectory", "isSymbolicLink", "isFIFO", "isSocket", "isCharacterDevice", "isBlockDevice"];
  const look = (value, depth) => {
    switch (typeof value) {
      case "undefined": return "undefined";
      case "bigint": return value + "n";
      case "number": return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value);
      case "symbol": return "symbol " + String(value.description);
      case "function": return "function";
      case "string": case "boolean": return value;
    }
    if (value === null) return null;
    if (value instanceof Error) return asError(value);
    if (value instanceof Date) return { date: Number.isNaN(value.getTime()) ? "invalid" : "valid " + (depth > 2 ? value.toISOString() : "") };
    if (ArrayBuffer.isView(value)) return { bytes: hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    if (value instanceof ArrayBuffer) return { buffer: hex(new Uint8Array(value)) };
    if (value instanceof RegExp) return { regexp: String(value) };
    if (depth === 0) return "…";
    if (Array.isArray(value)) return value.map((item) => look(item, depth - 1));
    if (value instanceof Map) return { map: [...value].map((pair) => look(pair, depth - 1)) };
    if (value instanceof Set) return { set: [...value].map((item) => look(item, depth - 1)) };
    if (typeof value.href === "string" && typeof value.searchParams === "object") return { url: value.href };
    const result = {};
    for (const key of Object.keys(value)) result[key] = isStats(value) && volatile.has(key) ? typeof value[key] : look(value[key], depth - 1);
    for (const kind of kinds) if (typeof value[kind] === "function") result[kind] = value[kind]();
    return result;
  };
  return async (call) => {
    let outcome;
    try {
      outcome = { gives: look(await call(), 6) };
    } catch (thrown) {
      outcome = { throws: thrown instanceof Error ? asError(thrown) : look(thrown, 6) };
    }
    return JSON.stringify(outcome);
  };
})();
`;
