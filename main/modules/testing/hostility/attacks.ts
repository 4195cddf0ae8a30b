/** Source of the values that the suite passes where something else is expected. Runs inside the VM. */
export const JUNK = `
const junk = [
  undefined, null, true, false, 0, -0, 1, -1, 1.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53, 1e308, 10n, -(2n ** 64n),
  "", "a", "\\0", "..", "/", "__proto__", "constructor", "\\ud800", "x".repeat(100000), "\\u202e", "file:///etc/passwd",
  Symbol("s"), Symbol.iterator, () => 1, function named() {}, class A {}, async () => 1, function* () {},
  {}, [], [undefined], [[[[]]]], new Array(5), Object.create(null), { __proto__: null, a: 1 }, JSON.parse('{"__proto__":{"x":1}}'),
  { length: 2 ** 40 }, { length: -1 }, { then: 1 }, { then() { throw new Error("thenable"); } }, { toString() { throw new Error("toString"); } },
  { valueOf() { throw new Error("valueOf"); } }, { get path() { throw new Error("getter"); } }, { toJSON() { throw new Error("toJSON"); } },
  { [Symbol.toPrimitive]() { return Symbol("p"); } }, { get encoding() { return {}; }, flag: {}, mode: [], recursive: "x" },
  { href: "file:///etc/passwd", protocol: "file:" }, { is: "url", href: "file:///etc/passwd" }, { is: "array" }, { is: "function", name: 1 },
  new Map([[1, 2]]), new Set([1]), new WeakMap(), new Date(NaN), new Date(0), /x/g, new Error("e"), Promise.resolve(1), new Proxy({}, {}),
  new Proxy({}, { get() { throw new Error("proxy"); }, ownKeys() { throw new Error("proxy"); } }), new Proxy(() => 1, {}),
  new Uint8Array(3), new Uint8Array(0), new Float64Array(2), new ArrayBuffer(4), new DataView(new ArrayBuffer(2)),
  Object.freeze([1]), Object(1), Object("s"), Object(Symbol("o")), globalThis, Math, Reflect, arguments_(1, 2), -1n,
];
function arguments_() { return arguments; }
const cyclic = { a: 1 }; cyclic.self = cyclic; junk.push(cyclic);
const deep = []; let inner = deep; for (let i = 0; i < 5000; i++) { const next = []; inner.push(next); inner = next; } junk.push(deep);
const revoked = Proxy.revocable({}, {}); revoked.revoke(); junk.push(revoked.proxy);
const sparse = []; sparse[2 ** 20] = 1; junk.push(sparse);
`;
/** At least as many as the list holds; indexes beyond it are taken modulo. */
export const JUNK_COUNT = 100;

/** Source that finds every function of a module, also those of its objects and classes, as `[name, call]`. */
export const FUNCTIONS_OF = `
const functionsOf = (loaded) => {
  const found = [];
  const seen = new Set();
  const visit = (value, path, depth) => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value) || depth > 2) return;
    seen.add(value);
    for (const key of Object.getOwnPropertyNames(value)) {
      if (["caller", "callee", "arguments", "constructor", "prototype"].includes(key)) continue;
      let member;
      try { member = value[key]; } catch { continue; }
      if (typeof member === "function") {
        found.push([path + key, (...args) => /^class\\b/.test(Function.prototype.toString.call(member)) ? new member(...args) : member.apply(value, args)]);
        found.push(["new " + path + key, (...args) => Reflect.construct(member, args)]);
      }
      visit(member, path + key + ".", depth + 1);
    }
  };
  if (typeof loaded === "function") found.push(["", (...args) => new loaded(...args)]);
  visit(loaded, "", 0);
  return found;
};
`;

/**
 * Ways to change what every object inherits, one at a time: what a careless host would then read, call or trust. Each is a
 * script; none may give a module more than its configuration does.
 */
export const POLLUTIONS: Readonly<Record<string, string>> = {
  "configuration on Object.prototype": `
    for (const [key, value] of Object.entries({
      roots: [{ path: "/", access: "read-write" }], path: "/", access: "read-write", commands: ["*"], expose: ["hostname", "homedir"],
      origins: ["*"], files: ["/etc/passwd"], readOnly: false, cwd: "/", env: { LD_PRELOAD: "x" }, shell: true, force: true,
      encoding: "utf8", flag: "w", mode: 0o777, recursive: true, root: "/", real: "/", config: { roots: [{ path: "/" }] },
    })) Object.prototype[key] = value;`,
  "wire fields on Object.prototype": `
    for (const key of ["is", "items", "entries", "href", "name", "value", "code", "length", "0", "1", "call", "ok", "error", "props", "kind", "tagged"])
      Object.defineProperty(Object.prototype, key, { value: "polluted", writable: true, configurable: true });`,
  "setters on Object.prototype": `
    for (const key of ["is", "items", "entries", "name", "path", "code", "then", "resolve", "reject", "exports", "config"])
      Object.defineProperty(Object.prototype, key, { set() { throw new Error("caught " + key); }, get() { return undefined; }, configurable: true });`,
  "toJSON on Object.prototype": `Object.prototype.toJSON = function () { return "/etc/passwd"; }; Array.prototype.toJSON = () => ["/etc/passwd"]; String.prototype.toJSON = () => "/etc/passwd";`,
  "then on Object.prototype": `Object.prototype.then = function (resolve) { resolve("stolen"); };`,
  "methods of Array.prototype": `
    for (const name of ["map", "push", "slice", "filter", "forEach", "join", "concat", "indexOf", "includes", "some", "every", "splice", "shift", "at", "entries"])
      Array.prototype[name] = function () { return ["/etc/passwd"]; };`,
  "iteration of arrays": `Array.prototype[Symbol.iterator] = function* () { yield "/etc/passwd"; };`,
  "methods of String.prototype": `
    for (const name of ["includes", "startsWith", "endsWith", "split", "replace", "replaceAll", "slice", "indexOf", "normalize", "toString"])
      String.prototype[name] = () => "/etc/passwd";`,
  "static methods": `
    Object.keys = Object.entries = Object.getOwnPropertyNames = () => [["path", "/etc/passwd"]];
    Object.assign = Object.create = Object.defineProperty = Object.freeze = (x) => x;
    JSON.stringify = () => '"/etc/passwd"'; JSON.parse = () => ({ path: "/etc/passwd" });
    Array.isArray = () => true; Array.from = () => ["/etc/passwd"]; Number.isInteger = () => true; Reflect.ownKeys = () => ["path"];`,
  "Function.prototype": `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = function () { return "/etc/passwd"; };`,
  "Promise.prototype": `Promise.prototype.then = Promise.prototype.catch = Promise.prototype.finally = function () { return this; }; Promise.resolve = Promise.reject = () => ({});`,
  "typed arrays": `Uint8Array.prototype.set = Uint8Array.prototype.slice = Uint8Array.prototype.subarray = () => new Uint8Array(0); Uint8Array.from = () => "x"; ArrayBuffer.isView = () => true;`,
  globals: `for (const name of ["Object", "Array", "String", "Uint8Array", "Error", "TypeError", "Promise", "Map", "Set", "Date", "Symbol", "URL", "TextEncoder"]) globalThis[name] = function () { throw new Error("replaced"); };`,
};

/**
 * Source of `callAgainFromWithin(functions)`: calls each with arguments and callbacks that call it, and another function,
 * while it reads, converts, iterates or calls them.
 */
export const REENTRANT = `
const callAgainFromWithin = (functions) => {
  for (const [index, [, call]] of functions.entries()) {
    const [, other] = functions[(index + 1) % functions.length];
    let depth = 0;
    let calls = 0;
    const again = () => {
      if (depth >= 3 || calls >= 40) return "x";
      depth += 1;
      calls += 1;
      try { return (calls % 2 === 0 ? call : other)(...traps()); } catch { return "x"; } finally { depth -= 1; }
    };
    const traps = () => [
      new Proxy({}, { get: (target, key) => (key === "then" ? undefined : again()), ownKeys: () => (again(), ["path"]), getOwnPropertyDescriptor: () => ({ value: again(), enumerable: true, configurable: true }) }),
      { toString: again, valueOf: again, [Symbol.toPrimitive]: again, get length() { again(); return 2; }, get path() { return again(); }, toJSON: again },
      { *[Symbol.iterator]() { again(); yield [again(), again()]; } },
      (...args) => again(),
    ];
    for (const args of [traps(), traps().reverse(), ["x", ...traps()], ["x", () => again()], [traps()[1]], [traps()[2], traps()[1]]]) {
      try {
        const result = call(...args);
        if (typeof result?.then === "function") result.then(again, again);
        else if (typeof result?.next === "function") { result.next(); again(); result.next(); }
      } catch {}
    }
  }
};
`;
