import { symlinkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openTestSession, type TestSession, type TestSessionOptions } from "../testing";

const sessions: TestSession[] = [];
async function open(files: Record<string, string>, options: TestSessionOptions = {}): Promise<TestSession> {
  const session = await openTestSession({ ...options, files });
  sessions.push(session);
  return session;
}

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose();
});

/** What a script gives, or the message of its error. */
async function valueOf(session: TestSession, path: string): Promise<unknown> {
  const outcome = await session.runFile(path);
  return outcome.error === undefined
    ? outcome.result?.json
    : `${outcome.error.name}: ${outcome.error.message}`;
}

describe("CommonJS", () => {
  test("loads files, folders, JSON and TypeScript, with or without their endings", async () => {
    const session = await open({
      "run.js":
        "[require('./lib/a').name, require('./lib/a.js') === require('./lib/a'), require('./lib').index, require('./data').k, require('./t').t, require('./pkg').main]",
      "lib/a.js": "exports.name = 'a';",
      "lib/index.js": "exports.index = true;",
      "data.json": '{ "k": [1] }',
      "t.ts": "export {}; const t: number = 7; module.exports = { t };".replace("export {}; ", ""),
      "pkg/package.json": '{ "main": "src/start" }',
      "pkg/src/start.cjs": "exports.main = 'start';",
    });
    expect(await valueOf(session, "run.js")).toEqual(["a", true, true, [1], 7, "start"]);
  });

  test("gives every module Node's variables", async () => {
    const session = await open({
      "run.js": "require('./lib/me')",
      "lib/me.js":
        "module.exports = [__filename, __dirname, module.id === __filename, module.loaded, require.main.filename, this === exports, typeof require.resolve('./me')]",
    });
    expect(await valueOf(session, "run.js")).toEqual([
      join(session.workspaceRoot, "lib", "me.js"),
      join(session.workspaceRoot, "lib"),
      true,
      false,
      join(session.workspaceRoot, "run.js"),
      true,
      "string",
    ]);
  });

  test("survives cycles, with what is there so far", async () => {
    const session = await open({
      "run.js": "require('./a').seen",
      "a.js": "exports.early = 1; exports.seen = require('./b').sawEarly; exports.late = 2;",
      "b.js": "const a = require('./a'); exports.sawEarly = [a.early, a.late === undefined];",
    });
    expect(await valueOf(session, "run.js")).toEqual([1, true]);
  });

  test("runs a module that threw once more", async () => {
    const session = await open({
      "run.js":
        "globalThis.turns = 0; for (let i = 0; i < 2; i++) try { require('./bad') } catch (e) { globalThis.last = e.message } [turns, last]",
      "bad.js": "turns++; throw new Error('turn ' + turns);",
    });
    expect(await valueOf(session, "run.js")).toEqual([2, "turn 2"]);
  });

  test("loads an ES module, unless it awaits", async () => {
    const session = await open({
      "run.js": "[require('./m.mjs').x, require('./m.mjs').default]",
      "m.mjs": "export const x = 1; export default 'd';",
      "wait.js": "require('./tla.mjs')",
      "tla.mjs": "await 0; export const x = 1;",
    });
    expect(await valueOf(session, "run.js")).toEqual([1, "d"]);
    expect(await valueOf(session, "wait.js")).toContain("Use import() instead");
  });
});

describe("ES modules", () => {
  test("import each other, CommonJS, JSON and native modules, by default and by name", async () => {
    const session = await open(
      {
        "run.mjs": `
          import path, { join } from "path";
          import * as ns from "./lib/b.mjs";
          import cjs, { named } from "./c.cjs";
          import data from "./data.json";
          [path.join === join, join("a", "b"), ns.default, ns.x, cjs.named === named, named, data.k]`,
        "lib/b.mjs": "export { x } from '../x.mjs'; export default 'b';",
        "x.mjs": "export const x = 5;",
        "c.cjs": "exports.named = 'n';",
        "data.json": '{ "k": 1 }',
      },
      { modules: { path: {} } },
    );
    expect(await valueOf(session, "run.mjs")).toEqual([true, "a/b", "b", 5, true, "n", 1]);
  });

  test("are recognised by ending, by the nearest package.json, and by their syntax", async () => {
    const session = await open({
      "by-syntax.js": "import { x } from './x.mjs'; x",
      "by-await.js": "const x = await 3; x",
      "await-call.js": "const { x } = require('./x.mjs'); const y = await (Promise.resolve('a')); [x, y]",
      "await-name.js": "const await = (n) => n; await (3)",
      "await-inside.js": "(async () => { await (1) })(); typeof module",
      "typed/package.json": '{ "type": "module" }',
      "typed/by-package.js": "typeof require === 'function' && typeof module",
      "plain/package.json": '{ "type": "commonjs" }',
      "plain/by-package.js": "typeof module",
      "t.mts": "import { x } from './x.mjs'; const y: number = x; y",
      "t.cts": "const y: number = 2; typeof module",
      "x.mjs": "export const x = 1;",
    });
    expect(await valueOf(session, "by-syntax.js")).toBe(1);
    expect(await valueOf(session, "by-await.js")).toBe(3);
    expect(await valueOf(session, "await-call.js")).toEqual([1, "a"]);
    expect(await valueOf(session, "await-name.js")).toBe(3);
    expect(await valueOf(session, "await-inside.js")).toBe("object");
    expect(await valueOf(session, "typed/by-package.js")).toBe("undefined");
    expect(await valueOf(session, "plain/by-package.js")).toBe("object");
    expect(await valueOf(session, "t.mts")).toBe(1);
    expect(await valueOf(session, "t.cts")).toBe("object");
  });

  test("have cycles, import() and import.meta", async () => {
    const session = await open({
      "run.mjs":
        "import { b } from './a.mjs'; const later = await import('./lib/later.mjs'); [b(), later.default]",
      "a.mjs": "import { a2 } from './b.mjs'; export const a = 'a'; export const b = () => a2();",
      "b.mjs": "import { a } from './a.mjs'; export const a2 = () => a + '2';",
      "lib/later.mjs": "export default [import.meta.url, import.meta.filename, import.meta.dirname];",
      "cjs.js": "import('./lib/later.mjs').then((m) => m.default.length)",
    });
    const folder = join(session.workspaceRoot, "lib");
    expect(await valueOf(session, "run.mjs")).toEqual([
      "a2",
      [`file://${folder}/later.mjs`, join(folder, "later.mjs"), folder],
    ]);
    expect(await valueOf(session, "cjs.js")).toBe(3);
  });

  test("that fail to load reject import() with the error", async () => {
    const session = await open({
      "run.mjs": "await import('./nope.mjs').catch((error) => [error.code, error instanceof Error])",
      "throws.mjs": "await import('./bad.mjs').catch((error) => error.message)",
      "bad.mjs": "throw new Error('while loading'); export {};",
    });
    expect(await valueOf(session, "run.mjs")).toEqual(["MODULE_NOT_FOUND", true]);
    expect(await valueOf(session, "throws.mjs")).toBe("while loading");
  });

  test("are read anew by the next run, as are CommonJS files", async () => {
    const session = await open({
      "run.mjs": "import { v } from './v.mjs'; import c from './c.cjs'; [v, c]",
      "v.mjs": "export const v = 1;",
      "c.cjs": "module.exports = 1;",
    });
    expect(await valueOf(session, "run.mjs")).toEqual([1, 1]);
    writeFileSync(join(session.workspaceRoot, "v.mjs"), "export const v = 2;");
    writeFileSync(join(session.workspaceRoot, "c.cjs"), "module.exports = 2;");
    expect(await valueOf(session, "run.mjs")).toEqual([2, 2]);
  });
});

describe("what a name finds", () => {
  test("native modules go before files, and aliases name the same module", async () => {
    const session = await open(
      {
        "run.js": "[require('path') === require('node:path'), typeof require('path').join]",
        "path.js": "module.exports = {}",
      },
      { modules: { path: {} } },
    );
    expect(await valueOf(session, "run.js")).toEqual([true, "function"]);
  });

  test("roots and endings are those of the resolver", async () => {
    const session = await open(
      {
        "run.js": "[require('deep/thing'), require('./deep/thing')]",
        "deep/thing.js": "module.exports = 'js'",
        "src/deep/thing.mjs": "",
        "src/deep/thing.special": "module.exports = 's'",
      },
      { template: { resolver: { roots: ["src", "."], extensions: [".special", ".js"] } } },
    );
    expect(await valueOf(session, "run.js")).toEqual(["s", "js"]);
  });

  test("a built-in needs no module, and says so", async () => {
    const session = await open({ "run.js": "require('json')" });
    expect(await valueOf(session, "run.js")).toBe(
      "Error: JSON is a JavaScript built-in: it is always available and needs no require.",
    );
  });

  test("a module that is not enabled is refused with what to do", async () => {
    const session = await open({ "run.js": "require('fs')" }, { template: { name: "Reports" } });
    const outcome = await session.runFile("run.js");
    expect(outcome.error).toMatchObject({
      code: "MODULE_NOT_ENABLED",
      message:
        'fs is not enabled in the template "Reports". Enable it there (Modules › fs) or run: vm-workbench template add-module Reports fs',
      details: { module: "fs", template: "Reports" },
    });
  });

  test("a name that nobody knows is refused with the nearest one and where it was looked for", async () => {
    const session = await open({ "run.js": "require('pathh')", "lib/run.js": "require('./gone')" });
    expect((await session.runFile("run.js")).error).toMatchObject({
      code: "MODULE_NOT_FOUND",
      message: expect.stringContaining('Did you mean "path"?') as string,
      details: { nearest: "path", looked: ["pathh"] },
    });
    expect((await session.runFile("lib/run.js")).error).toMatchObject({
      code: "MODULE_NOT_FOUND",
      message: expect.stringContaining("lib/gone") as string,
    });
  });

  test("a path that leads to nothing names the nearest file of the workspace, in every kind of run", async () => {
    const session = await open({
      "run.js": "require('./utl.js')",
      "run.mjs": "import './lib/helprs.js';",
      "lib/in.js": "require('./../utl')",
      "bare.js": "require('lib/helper')",
      "far.js": "require('./helpers')",
      "util.js": "",
      "lib/helpers.js": "",
    });
    const nearest = async (outcome: ReturnType<TestSession["run"]>): Promise<unknown> => {
      const { error } = await outcome;
      expect(error?.code).toBe("MODULE_NOT_FOUND");
      expect(error?.message).toContain(`Did you mean "${String(error?.details?.["nearest"])}"?`);
      return error?.details?.["nearest"];
    };
    expect(await nearest(session.runFile("run.js"))).toBe("./util.js");
    expect(await nearest(session.runFile("run.mjs"))).toBe("./lib/helpers.js");
    expect(await nearest(session.runFile("lib/in.js"))).toBe("../util.js");
    expect(await nearest(session.runFile("bare.js"))).toBe("lib/helpers");
    expect(await nearest(session.runFile("far.js"))).toBe("./lib/helpers.js");
    expect(await nearest(session.execute({ kind: "startup", path: "run.js", mode: "eval" }))).toBe(
      "./util.js",
    );
    expect(await nearest(session.repl("require('./utl.js')"))).toBe("./util.js");
    expect(await nearest(session.repl("await import('./utl.js')"))).toBe("./util.js");
  });

  test("no file is named that a script could not load: hidden ones, packages, what is outside", async () => {
    const session = await open({
      ".secret.js": "",
      "node_modules/secrets.js": "",
      "notes/secret.txt": "",
      "run.js": "",
    });
    const outside = join(tmpdir(), `outside-${process.pid}-${Date.now()}`);
    mkdirSync(outside);
    try {
      writeFileSync(join(outside, "secrat.js"), "");
      symlinkSync(outside, join(session.workspaceRoot, "linked"));
      symlinkSync(join(outside, "secrat.js"), join(session.workspaceRoot, "secrat.js"));
      for (const specifier of ["./secret.js", "./secret", "secret", "./linked/x/secret.js"]) {
        const { error } = await session.repl(`require(${JSON.stringify(specifier)})`);
        expect(error?.code, specifier).toMatch(/^(?:MODULE_NOT_FOUND|INVALID_PATH)$/);
        expect(error?.message, specifier).not.toContain("Did you mean");
      }
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test("nothing enables a module but the template: not even import with a forged key", async () => {
    const session = await open({
      "run.mjs":
        "const tries = ['vm:native:fs', 'vm:commonjs:../x', 'vm:require']; const seen = []; for (const t of tries) await import(t).then(() => seen.push(t), () => {}); try { __vmModule('native', 'fs'); seen.push('hook') } catch {} seen",
    });
    expect(await valueOf(session, "run.mjs")).toEqual([]);
  });
});

describe("npm packages", () => {
  const PACKAGES = {
    "node_modules/plain/package.json": '{ "main": "lib/main.js" }',
    "node_modules/plain/lib/main.js": "exports.plain = require('dep').dep;",
    "node_modules/plain/sub.js": "exports.sub = 's';",
    "node_modules/plain/node_modules/dep/index.js": "exports.dep = 'inner';",
    "node_modules/dep/index.js": "exports.dep = 'outer';",
    "node_modules/@scope/dual/package.json":
      '{ "exports": { ".": { "import": "./esm.mjs", "require": "./cjs.cjs" }, "./feature": "./feature.js" } }',
    "node_modules/@scope/dual/esm.mjs": "export default 'esm';",
    "node_modules/@scope/dual/cjs.cjs": "module.exports = 'cjs';",
    "node_modules/@scope/dual/feature.js": "module.exports = 'feature';",
    "node_modules/@scope/dual/hidden.js": "module.exports = 'hidden';",
    "run.js":
      "[require('plain').plain, require('plain/sub').sub, require('dep').dep, require('@scope/dual'), require('@scope/dual/feature')]",
    "run.mjs": "import dual from '@scope/dual'; dual",
    "hidden.js": "require('@scope/dual/hidden.js')",
    "src/deep/run.js": "require('dep').dep",
  };

  test("are found by Node's algorithm when the template allows it", async () => {
    const session = await open(PACKAGES, { template: { resolver: { npm: true } } });
    expect(await valueOf(session, "run.js")).toEqual(["inner", "s", "outer", "cjs", "feature"]);
    expect(await valueOf(session, "run.mjs")).toBe("esm");
    expect(await valueOf(session, "src/deep/run.js")).toBe("outer");
    expect(await valueOf(session, "hidden.js")).toContain("Cannot find the module");
  });

  test("are not found otherwise", async () => {
    const session = await open(PACKAGES);
    expect(await valueOf(session, "src/deep/run.js")).toContain("Cannot find the module");
  });
});

describe("containment of paths", () => {
  test.each(["../outside.js", "./a/../../outside.js", "/etc/hostname", "file:///etc/hostname"])(
    "require of %s is refused",
    async (specifier) => {
      const session = await open({ "run.js": `require(${JSON.stringify(specifier)})` });
      expect((await session.runFile("run.js")).error).toMatchObject({ code: "INVALID_PATH" });
    },
  );

  test("an absolute path inside the workspace is a path", async () => {
    const session = await open({ "run.js": "require(__dirname + '/x.js')", "x.js": "module.exports = 'x'" });
    expect(await valueOf(session, "run.js")).toBe("x");
  });

  test("a symlink that leads out is refused, one that stays inside works", async () => {
    const outside = join(tmpdir(), `vm-workbench-outside-${process.pid}.js`);
    writeFileSync(outside, "module.exports = 'stolen'");
    const session = await open({
      "real.js": "module.exports = 'inside'",
      "ok.js": "require('./link-in')",
      "bad.js": "require('./link-out.js')",
      "dir.js": "require('./folder/x')",
      "import.mjs": "import x from './link-out.js'; x",
    });
    const root = session.workspaceRoot;
    const folder = join(tmpdir(), `vm-workbench-outside-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "x.js"), "module.exports = 'stolen'");
    symlinkSync(join(root, "real.js"), join(root, "link-in.js"));
    symlinkSync(outside, join(root, "link-out.js"));
    symlinkSync(folder, join(root, "folder"));
    try {
      expect(await valueOf(session, "ok.js")).toBe("inside");
      for (const path of ["bad.js", "dir.js", "import.mjs", "link-out.js", "folder/x.js"]) {
        expect((await session.runFile(path)).error, path).toMatchObject({ code: "INVALID_PATH" });
      }
      // A symlink that takes a file's place after it was found.
      await session.runFile("ok.js");
      rmSync(join(root, "real.js"));
      symlinkSync(outside, join(root, "real.js"));
      expect((await session.runFile("ok.js")).error).toMatchObject({ code: "INVALID_PATH" });
    } finally {
      rmSync(outside, { force: true });
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
