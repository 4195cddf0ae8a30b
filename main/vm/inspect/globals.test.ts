import { performance as nodePerformance } from "node:perf_hooks";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestVm } from "./testing/vm";

let vm: TestVm;
beforeAll(async () => {
  vm = await TestVm.create();
});
afterAll(() => vm.dispose());

/** Runs a function body in the session and in Node; both give text. */
const HELPERS = `
  const attempt = (work) => { try { return show(work()); } catch (error) { return [error.name, error.code, error.message, error instanceof Error].join(); } };
  const show = (value) => typeof value === "string" ? "s:" + value : JSON.stringify(value) ?? String(value);
`;

function both(body: string): { session: unknown; node: unknown } {
  const source = `(() => { ${HELPERS} ${body} })()`;
  // Not a new context: its globals lack what this test is about.
  return { session: vm.run(source), node: (0, eval)(source) as unknown };
}

function same(body: string): void {
  const { session, node } = both(body);
  expect(session).toEqual(node);
  expect(session).toBeTypeOf("string");
}

describe("URL is Node's", () => {
  const inputs = [
    "http://example.com",
    "https://user:p%40ss@example.com:8080/a/../b?x=1&y=2#frag",
    "file:///C:/x",
    "http://EXAMPLE.com:80/",
    "mailto:a@b.c",
    "http://[::1]:3000/",
    "http://bücher.de/ä?ö=ü",
    "data:text/plain,hi",
    "javascript:alert(1)",
    "http://a b/",
    "",
    "//x",
    "http://x/%zz",
    "blob:http://x/y",
    "http://example.com/\\\\back",
    "ws://x:80",
    "http://1.2.3",
    "https://x.y/?a=%20+b",
    "http://x/\ud800",
  ];
  it.each(inputs)("parses %j", (input) => {
    same(
      `return attempt(() => { const u = new URL(${JSON.stringify(input)}); return [u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash, String(u), JSON.stringify(u)]; });`,
    );
  });
  it.each([
    ["../c", "http://x/a/b/"],
    ["?q", "http://x/a"],
    ["//y/z", "https://x"],
    ["a", "mailto:x"],
    ["x", "nope"],
    ["#h", "http://x/y?z"],
  ])("resolves %j against %j", (input, base) =>
    same(`return attempt(() => new URL(${JSON.stringify(input)}, ${JSON.stringify(base)}).href);`),
  );
  it.each([
    "u.href = 'https://new.example/p?q=1'",
    "u.href = 'nope'",
    "u.protocol = 'https'",
    "u.protocol = 'mailto'",
    "u.host = 'h:99'",
    "u.hostname = 'other'",
    "u.port = '8080'",
    "u.port = 'x'",
    "u.port = ''",
    "u.pathname = 'a b'",
    "u.search = 'a=b c'",
    "u.search = ''",
    "u.hash = 'x y'",
    "u.hash = ''",
    "u.username = 'ü'",
    "u.password = ':'",
    "u.origin = 'x'",
    "u.searchParams.append('k', 'v w')",
    "u.searchParams.delete('a')",
    "u.searchParams.sort()",
    "u.search = '?n=1'; u.searchParams.get('n')",
    "u.searchParams.set('a', 'z'); u.search = 'b=2'; u.searchParams.append('c', '3')",
  ])("sets %s", (act) => {
    same(
      `return attempt(() => { const u = new URL("http://user@example.com:81/path?b=1&a=2#hash"); const p = u.searchParams; ${act}; return [u.href, p.toString(), p === u.searchParams]; });`,
    );
  });
  it("refuses as Node does", () => {
    same(
      `try { new URL("bad", "alsobad"); } catch (e) { return [e.name, e.code, e.message, e.input, e.base, Object.keys(e)].join(); }`,
    );
    same(`return attempt(() => new URL());`);
    same(
      `return attempt(() => URL("http://x"));`.replace(
        "attempt(() => URL",
        "((f) => { try { f() } catch (e) { return e.name } })(() => URL",
      ),
    );
    same(
      `return attempt(() => URL.prototype.toString.call({}));`.replace(
        "attempt",
        "((f) => { try { f() } catch (e) { return e.name } })",
      ),
    );
    same(
      `return attempt(() => [URL.canParse("http://x"), URL.canParse("x"), URL.canParse("x", "http://y")]);`,
    );
  });
  it("prints as Node does", () => {
    const source = "new URL('https://a:b@example.com:81/p?q=1&r=2#h')";
    expect(vm.inspect(source)).toBe(inspect((0, eval)(source)));
    expect(vm.inspect(`({ nested: { url: ${source} } })`)).toBe(
      inspect((0, eval)(`({ nested: { url: ${source} } })`)),
    );
    expect(vm.inspect("new URLSearchParams('a=1&b=2')")).toBe(inspect(new URLSearchParams("a=1&b=2")));
    expect(vm.inspect("new URLSearchParams()")).toBe(inspect(new URLSearchParams()));
  });
});

describe("URLSearchParams is Node's", () => {
  it.each([
    "'a=1&b=2&a=3'",
    "'?x=%20+y'",
    "[['a', 1], ['b', 2]]",
    "({ a: 1, b: [2, 3] })",
    "new Map([['m', 'n']])",
    "new URLSearchParams('c=d')",
    "''",
    "null",
    "5",
    "[['a']]",
    "[1]",
    "'a=b=c&&=&%zz'",
    "({ [Symbol.iterator]: 1 })",
    "'ü=ö&😀'",
    "new Set([['s', 't']])",
  ])("from %s", (init) => {
    same(
      `return attempt(() => { const p = new URLSearchParams(${init}); return [p.toString(), p.size, [...p], [...p.keys()], [...p.values()], [...p.entries()]]; });`,
    );
  });
  it.each([
    "p.append('c', 5)",
    "p.delete('a')",
    "p.delete('a', '2')",
    "p.get('a')",
    "p.get('none')",
    "p.getAll('a')",
    "p.has('a')",
    "p.has('a', '3')",
    "p.set('a', 'x')",
    "p.set('new', 'y')",
    "p.sort()",
    "p.append('c')",
    "p.get()",
    "p.forEach()",
    "(() => { const seen = []; p.forEach((v, k, all) => seen.push(v, k, all === p)); return seen; })()",
    "(() => { const seen = []; for (const [k, v] of p) { seen.push(k, v); if (seen.length < 8) p.append('z', k); } return seen; })()",
    "Object.prototype.toString.call(p)",
    "Object.prototype.toString.call(p.keys())",
    "p[Symbol.iterator] === p.entries",
  ])("%s", (act) =>
    same(
      `return attempt(() => { const p = new URLSearchParams('a=1&b=0&a=2'); const r = ${act}; return [r === undefined ? null : r, p.toString()]; });`,
    ),
  );
});

describe("text encoding is Node's", () => {
  it.each(["''", "'abc'", "'ü€😀'", "'\\ud800'", "'a\\0b'", "undefined", "5", "null"])(
    "encodes %s",
    (text) => {
      same(`return attempt(() => [...new TextEncoder().encode(${text})]);`);
    },
  );
  it.each(["['abc', 2]", "['ü€😀', 4]", "['ü€😀', 9]", "['\\ud800x', 5]", "['', 0]"])(
    "encodes into a small array: %s",
    (args) => {
      same(
        `const [text, size] = ${args}; const into = new Uint8Array(size); const r = new TextEncoder().encodeInto(text, into); return show([r, [...into]]);`,
      );
    },
  );
  it.each([
    "'utf-8'",
    "'UTF8'",
    "'utf-16le'",
    "'latin1'",
    "'ascii'",
    "'iso-8859-2'",
    "'nope'",
    "undefined",
    "' utf8 '",
  ])("knows the label %s", (label) => {
    same(
      `return attempt(() => { const d = new TextDecoder(${label}); return [d.encoding, d.fatal, d.ignoreBOM]; });`,
    );
  });
  it.each([
    ["'utf-8'", "{}", "[0xef, 0xbb, 0xbf, 0x61]"],
    ["'utf-8'", "{ ignoreBOM: true }", "[0xef, 0xbb, 0xbf, 0x61]"],
    ["'utf-8'", "{}", "[0xff, 0x61, 0xe2, 0x82]"],
    ["'utf-8'", "{ fatal: true }", "[0xff]"],
    ["'utf-8'", "{ fatal: true }", "[0x61]"],
    ["'utf-16le'", "{}", "[0x61, 0, 0x3d, 0xd8, 0, 0xde]"],
    ["'utf-16le'", "{}", "[0x61]"],
    ["'latin1'", "{}", "[0x80, 0xe4, 0xff]"],
    ["'utf-8'", "{}", "[]"],
  ])("decodes with %s %s %s", (label, options, bytes) => {
    same(`return attempt(() => new TextDecoder(${label}, ${options}).decode(new Uint8Array(${bytes})));`);
    same(
      `return attempt(() => new TextDecoder(${label}, ${options}).decode(new DataView(new Uint8Array(${bytes}).buffer)));`,
    );
    same(
      `return attempt(() => new TextDecoder(${label}, ${options}).decode(new Uint8Array(${bytes}).buffer));`,
    );
  });
  it("decodes streams cut at every place", () => {
    same(`const bytes = new TextEncoder().encode("\\ufeffa ü€😀 z"); const out = [];
      for (const label of ["utf-8", "utf-16le"]) for (let size = 1; size < 6; size++) {
        const d = new TextDecoder(label); let text = "";
        for (let at = 0; at < bytes.length; at += size) text += d.decode(bytes.subarray(at, at + size), { stream: true });
        out.push(text + d.decode());
      }
      return show(out);`);
  });
  it("refuses what is no bytes", () => {
    expect(
      vm.run("(() => { try { new TextDecoder().decode('x'); } catch (e) { return e.name + e.code; } })()"),
    ).toBe("TypeErrorERR_INVALID_ARG_TYPE");
  });
});

describe("base64 is Node's", () => {
  it.each(["'aGVsbG8='", "'aGVsbG8'", "' aGk = '", "'a'", "'*'", "''", "'aGVsbG8=='", "null", "5", "'ä'"])(
    "atob(%s)",
    (text) => same(`return attempt(() => atob(${text}));`),
  );
  it.each(["'hello'", "'\\xff'", "'€'", "''", "null", "5"])("btoa(%s)", (text) =>
    same(`return attempt(() => btoa(${text}));`),
  );
  it("throws a DOMException", () => {
    same(
      "try { atob('*'); } catch (e) { return [e instanceof DOMException, e.code, e.name, Object.prototype.toString.call(e)].join(); }",
    );
  });
});

describe("structuredClone is Node's", () => {
  it.each([
    "1",
    "'x'",
    "null",
    "undefined",
    "5n",
    "[1, , 3]",
    "({ a: { b: [1] } })",
    "new Date(5)",
    "/x/gi",
    "new Map([[{ a: 1 }, new Set([2])]])",
    "new Uint8Array([1, 2])",
    "new Uint8Array([1, 2, 3]).subarray(1)",
    "new DataView(new ArrayBuffer(4), 1, 2)",
    "Object(1)",
    "Object('s')",
    "Object(1n)",
    "Object(false)",
    "Object.assign([1], { x: 1 })",
    "(() => { const o = {}; o.self = o; return o; })()",
    "(() => { const s = {}; return [s, s]; })()",
    "({ get a() { return 7; } })",
    "new (class A { x = 1; #y = 2; get z() { return 3; } })()",
    "Object.create({ inherited: 1 }, { hidden: { value: 1 } })",
    "new Float64Array(2).buffer",
    "[new Error('x').message]",
    "({ a: undefined })",
  ])("clones %s", (source) => {
    expect(vm.inspect(`structuredClone(${source})`)).toBe(inspect((0, eval)(`structuredClone(${source})`)));
  });
  it.each([
    "() => {}",
    "Symbol('s')",
    "({ f() {} })",
    "new WeakMap()",
    "Promise.resolve()",
    "new Proxy({}, {})",
    "new WeakSet()",
  ])("refuses %s", (source) => {
    same(
      `try { structuredClone(${source}); } catch (e) { return [e.name, e.code, e instanceof DOMException, ${/Proxy|Promise/.test(source) ? "''" : "e.message"}].join("|"); }`,
    );
  });
  it("clones errors with their class, cause and nothing else", () => {
    same(`const e = structuredClone(Object.assign(new TypeError("bad", { cause: { a: 1 } }), { extra: 1 }));
      return show([e instanceof TypeError, e.name, e.message, e.cause, Object.keys(e)]);`);
  });
  it("keeps sharing, cycles and identity", () => {
    same(
      `const s = { x: 1 }; const c = structuredClone({ a: s, b: s, m: new Map([[s, s]]) }); return show([c.a === c.b, c.m.get(c.a) === c.b, c.a !== s]);`,
    );
    same(
      `const b = new ArrayBuffer(8); const c = structuredClone([new Uint8Array(b, 0, 4), new Uint8Array(b, 4)]); return show([c[0].buffer === c[1].buffer, c[1].byteOffset]);`,
    );
  });
  it("transfers buffers", () => {
    same(
      `const b = new Uint8Array([1, 2, 3]).buffer; const c = structuredClone({ b }, { transfer: [b] }); return show([b.byteLength, c.b.byteLength, [...new Uint8Array(c.b)]]);`,
    );
    same(`const b = new ArrayBuffer(8); structuredClone(1, { transfer: [b] }); return show(b.byteLength);`);
    same(`try { structuredClone(1, { transfer: [{}] }); } catch (e) { return e.name; }`);
  });
  it("clones a list of a hundred thousand links", () => {
    expect(
      vm.run(
        "(() => { let l = null; for (let i = 0; i < 1e5; i++) l = { l }; let c = structuredClone(l), n = 0; while (c) { const next = c.l; c.l = null; c = next; n++; } while (l) { const next = l.l; l.l = null; l = next; } return n; })()",
      ),
    ).toBe(100_000);
  });
});

describe("abort signals and events are Node's", () => {
  it.each([
    "const c = new AbortController(); const seen = []; c.signal.addEventListener('abort', (e) => seen.push(e.type, e.target === c.signal, e.isTrusted)); c.signal.onabort = () => seen.push('on'); c.abort(); c.abort('again'); return show([seen, c.signal.aborted, c.signal.reason.name, c.signal.reason.code, c.signal.reason.message]);",
    "const c = new AbortController(); c.abort('why'); try { c.signal.throwIfAborted(); } catch (e) { return show(e); }",
    "const s = AbortSignal.abort(); return show([s.aborted, s.reason.name]);",
    "const a = new AbortController(), b = new AbortController(); const s = AbortSignal.any([a.signal, b.signal]); const seen = []; s.addEventListener('abort', () => seen.push(s.reason)); b.abort(5); a.abort(6); return show([seen, s.aborted, s.reason]);",
    "return show([AbortSignal.any([]).aborted, AbortSignal.any([AbortSignal.abort(1)]).reason]);",
    "return attempt(() => AbortSignal.any(5)).slice(0, 9);",
    "return attempt(() => new AbortSignal()).slice(0, 30);",
    "return attempt(() => AbortSignal.timeout(-1)).slice(0, 27);",
    "const t = new EventTarget(); const seen = []; const f = (e) => seen.push(e.type); t.addEventListener('x', f); t.addEventListener('x', f); t.addEventListener('x', () => seen.push('once'), { once: true }); t.dispatchEvent(new Event('x')); t.dispatchEvent(new Event('x')); t.removeEventListener('x', f); t.dispatchEvent(new Event('x')); return show(seen);",
    "const t = new EventTarget(); t.addEventListener('x', { handleEvent(e) { e.preventDefault(); } }); return show([t.dispatchEvent(new Event('x')), t.dispatchEvent(new Event('x', { cancelable: true }))]);",
    "const t = new EventTarget(); const seen = []; t.addEventListener('x', (e) => { seen.push(1); e.stopImmediatePropagation(); }); t.addEventListener('x', () => seen.push(2)); t.dispatchEvent(new Event('x')); return show(seen);",
    "const c = new AbortController(); const t = new EventTarget(); const seen = []; t.addEventListener('x', () => seen.push(1), { signal: c.signal }); t.dispatchEvent(new Event('x')); c.abort(); t.dispatchEvent(new Event('x')); return show(seen);",
    "const e = new CustomEvent('c', { detail: { a: 1 }, bubbles: true }); return show([e.detail, e.bubbles, e.type, e instanceof Event, e.target, e.eventPhase, e.defaultPrevented, Object.prototype.toString.call(e)]);",
    "return attempt(() => new EventTarget().dispatchEvent({})).slice(0, 30);",
    "return attempt(() => new Event()).slice(0, 60);",
    "const e = new DOMException('m', 'AbortError'); return show([e.name, e.message, e.code, e instanceof Error, String(e), DOMException.ABORT_ERR, e.ABORT_ERR, Object.prototype.toString.call(e), Object.keys(e)]);",
    "const e = new DOMException(); return show([e.name, e.message, e.code, String(e)]);",
    "const e = new DOMException('m', { name: 'N', cause: 5 }); return show([e.name, e.cause, e.code]);",
  ])("%s", (body) => same(body));

  it("prints signals as Node does", () => {
    expect(vm.inspect("new AbortController()")).toBe(inspect(new AbortController()));
    expect(vm.inspect("new AbortController().signal")).toBe(inspect(new AbortController().signal));
    expect(vm.inspect("new DOMException('m', 'AbortError')").split("\n")[0]).toBe(
      inspect(new DOMException("m", "AbortError")).split("\n")[0],
    );
  });
});

describe("globals are described as Node's", () => {
  const names = [
    "URL",
    "URLSearchParams",
    "TextEncoder",
    "TextDecoder",
    "AbortController",
    "AbortSignal",
    "Event",
    "EventTarget",
    "DOMException",
    "structuredClone",
    "atob",
    "btoa",
  ];
  it.each(names)("%s: members, their order apart, and its own descriptor", (name) => {
    same(`const d = Object.getOwnPropertyDescriptor(globalThis, ${JSON.stringify(name)});
      return show([typeof ${name}, ${name}.name, d.enumerable, d.configurable, ${name}.prototype && Object.getOwnPropertyNames(${name}.prototype).filter((n) => !n.startsWith("_") && n !== "initEvent").sort(),
        ${name}.prototype && Object.keys(${name}.prototype).filter((n) => n !== "initEvent").sort(), ${name}.prototype && String(${name}.prototype[Symbol.toStringTag])]);`);
  });
  it("performance.now goes on", () => {
    expect(vm.run("performance.now() < performance.now()")).toBe(true);
    expect(typeof nodePerformance.now()).toBe("number");
  });
  it("gives no process, fetch or file system", () => {
    expect(vm.run("[typeof process, typeof fetch, typeof fs, typeof Buffer, typeof require].join()")).toBe(
      "undefined,undefined,undefined,undefined,undefined",
    );
    expect(runInNewContext("typeof process")).toBe("undefined");
  });
});
