import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { WorkbenchError } from "../../shared/model/error";
import { builtinNames } from "./builtins";
import { checkModule, decideModule, decideModules } from "./policy";
import { defineModule } from "./record";
import { createRegistry } from "./registry";

const rootSchema = z.strictObject({ path: z.string(), access: z.enum(["read", "read-write"]) });
const texts = {
  summary: "",
  allows: "",
  typings: "",
  members: [],
  example: "",
  exampleConfig: {},
  risk: "pure" as const,
  effects: () => [],
};
const registry = createRegistry([
  defineModule({
    ...texts,
    name: "fs",
    aliases: ["node:fs"],
    configSchema: z.strictObject({ roots: z.array(rootSchema).default([]) }),
  }),
  defineModule({ ...texts, name: "yaml", aliases: [], configSchema: z.strictObject({}) }),
  defineModule({ ...texts, name: "url", aliases: ["node:url"], configSchema: z.strictObject({}) }),
]);

function refusal(name: string, config?: unknown): WorkbenchError {
  try {
    checkModule(name, config, registry);
  } catch (error) {
    if (error instanceof WorkbenchError) return error;
    throw error;
  }
  throw new Error(`${name} was allowed`);
}

describe("names", () => {
  test.each([
    "json",
    "JSON",
    " json ",
    " Math ",
    "math",
    "console",
    "date",
    "promise",
    "Promise",
    "array",
    "URL",
    "settimeout",
    "globalThis",
    "intl",
    "Iterator",
  ])("%j is a built-in and cannot be configured", (name) => {
    expect(refusal(name)).toMatchObject({
      code: "MODULE_NOT_ALLOWED",
      details: { module: name, reason: "builtin" },
    });
  });

  test("the sentence about a built-in says what to do", () => {
    expect(refusal(" json ").message).toBe(
      "JSON is a JavaScript built-in: it is always available and cannot be configured. Remove it from the template's modules.",
    );
  });

  test("an unknown name is refused with the nearest registrable one", () => {
    expect(refusal("yml")).toMatchObject({
      code: "MODULE_NOT_ALLOWED",
      details: { reason: "unknown", nearest: "yaml" },
    });
    expect(refusal("node:fss").details).toMatchObject({ nearest: "fs" });
    expect(refusal("FS").message).toContain('Did you mean "fs"?');
    expect(refusal("kubernetes").message).toBe(
      'There is no native module "kubernetes". Registrable modules: fs, url, yaml.',
    );
  });

  test("every built-in is refused in every spelling, unless a module has exactly that name", () => {
    for (const builtin of builtinNames()) {
      for (const name of [builtin, builtin.toLowerCase(), builtin.toUpperCase(), ` ${builtin}\t`]) {
        if (registry.find(name.trim()) !== undefined) continue;
        expect(decideModule(name, {}, registry).allowed, name).toBe(false);
      }
    }
  });

  test("no other name than the registry's is ever allowed", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty")),
        (name) => {
          expect(decideModule(name, {}, registry).allowed).toBe(registry.names().includes(name.trim()));
        },
      ),
    );
  });
});

describe("configuration", () => {
  test("defaults deny and are filled in", () => {
    expect(checkModule("fs", {}, registry)).toMatchObject({ name: "fs", config: { roots: [] } });
  });

  test("an alias becomes the canonical name, and the module is listed once", () => {
    expect(decideModules({ "node:fs": {}, yaml: {} }, registry)).toEqual({
      modules: { fs: { roots: [] }, yaml: {} },
      problems: [],
    });
    const twice = decideModules({ fs: {}, "node:fs": {} }, registry);
    expect(Object.keys(twice.modules)).toEqual(["fs"]);
    expect(twice.problems[0]?.error).toMatchObject({
      code: "VALIDATION_ERROR",
      message: 'fs is listed twice, as "fs" and "node:fs". Keep one of the two.',
    });
  });

  test("an invalid configuration names the place", () => {
    const error = refusal("fs", { roots: [{ path: ".", access: "write" }] });
    expect(error).toMatchObject({
      code: "VALIDATION_ERROR",
      details: { module: "fs", path: ["roots", 0, "access"] },
    });
    expect(error.message).toMatch(/^modules\.fs\.roots\[0\]\.access: /);
  });

  test("an unknown key names the key and the nearest valid one", () => {
    expect(refusal("fs", { root: [] }).message).toBe(
      'modules.fs.root: Unknown key "root". Did you mean "roots"?',
    );
    expect(refusal("fs", { roots: [{ path: ".", acces: "read", access: "read" }] }).message).toBe(
      'modules.fs.roots[0].acces: Unknown key "acces". Did you mean "access"?',
    );
    expect(refusal("yaml", { indent: 2 }).message).toBe(
      'modules.yaml.indent: Unknown key "indent". No keys are allowed here.',
    );
  });

  test("a configuration that is no object is refused", () => {
    for (const config of [null, 1, "x", [], true])
      expect(refusal("fs", config).code).toBe("VALIDATION_ERROR");
  });
});
