import { expect, test } from "vitest";
import { z } from "zod";
import { type AnyNativeModule, defineModule } from "./record";
import { createRegistry, registry } from "./registry";

function record(name: string, aliases: string[] = []): AnyNativeModule {
  return defineModule({
    name,
    aliases,
    summary: `${name} in short.`,
    risk: "workspace",
    allows: "Touches files in the folders that the template grants.",
    typings: `declare module "${name}" {
  export function read(path: string): string;
  export const nested: {
    read(path: string): Promise<string>;
  };
  export default read;
}
`,
    members: [
      {
        name: "read",
        signature: "read(path: string): string",
        summary: "Reads a file.",
        params: [{ name: "path", doc: "The file." }],
        returns: "Its text.",
        errors: [{ code: "ENOENT", when: "it does not exist" }],
        example: `require("${name}").read("a.txt");`,
      },
      {
        name: "nested.read",
        signature: "read(path: string): Promise<string>",
        summary: "Reads later.",
        params: [],
        returns: "",
        errors: [],
        example: "",
      },
    ],
    example: `require("${name}").read("a.txt");`,
    configSchema: z.strictObject({
      roots: z
        .array(z.strictObject({ path: z.string(), access: z.enum(["read", "read-write"]) }))
        .default([])
        .describe("Folders."),
    }),
    exampleConfig: { roots: [{ path: ".", access: "read" }] },
    effects: () => [],
  });
}

test("a module is found by its name and by every alias", () => {
  const it = createRegistry([record("files", ["node:files", "f"])]);
  expect(it.find("files")?.name).toBe("files");
  expect(it.find("node:files")?.name).toBe("files");
  expect(it.find("f")?.name).toBe("files");
  expect(it.find("Files")).toBeUndefined();
  expect(it.find("__proto__")).toBeUndefined();
});

test("two records that claim one name are refused", () => {
  expect(() => createRegistry([record("files"), record("files")])).toThrow(/claim the name "files"/);
  expect(() => createRegistry([record("files", ["f"]), record("folders", ["f"])])).toThrow(
    'claim the name "f": files and folders',
  );
  expect(() => createRegistry([record("files", ["files"])])).toThrow(/claim the name "files"/);
});

test("the list is sorted by name", () => {
  expect(
    createRegistry([record("zip"), record("csv")])
      .list()
      .map((module) => module.name),
  ).toEqual(["csv", "zip"]);
});

test("a descriptor carries the configuration's JSON Schema and its denying defaults", () => {
  const [descriptor] = createRegistry([record("files", ["f"])]).describe();
  expect(descriptor).toMatchObject({
    name: "files",
    aliases: ["f"],
    kind: "native",
    risk: "workspace",
    configDefaults: { roots: [] },
  });
  expect(descriptor?.configSchema).toMatchObject({
    type: "object",
    additionalProperties: false,
    properties: { roots: { type: "array", description: "Folders." } },
  });
});

test("typings carry the members' docs and declare every alias", () => {
  const typings = createRegistry([record("files", ["f"])]).describe()[0]?.typings ?? "";
  expect(typings).toContain(
    "  /**\n   * Reads a file.\n   * @param path The file.\n   * @returns Its text.\n   * @throws ENOENT: it does not exist\n   * @example",
  );
  expect(typings).toContain("    /** Reads later. */\n    read(path: string): Promise<string>;");
  expect(typings).toContain(
    'declare module "f" {\n  export * from "files";\n  export { default } from "files";\n}',
  );
});

test("the application's own registry holds together", () => {
  expect(() => registry.describe()).not.toThrow();
});

test("a module that only computes needs no configuration: other modules use it where it is not enabled", () => {
  for (const module of registry.list().filter(({ risk }) => risk === "pure")) {
    expect(module.configSchema.parse({}), module.name).toEqual({});
  }
});
