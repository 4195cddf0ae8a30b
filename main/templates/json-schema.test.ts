import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { templateJsonSchema } from "./json-schema";
import { parseTemplate } from "./parse";
import { PRESETS, presetTemplate } from "./presets";
import { applicationRules } from "./rules";

const rules = applicationRules(["lodash", "dayjs"]);
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(
  templateJsonSchema(rules),
);

test.each([
  ["only a name", { name: "A" }, true],
  [
    "modules with configurations",
    { name: "A", modules: { fs: { roots: [{ path: "data", access: "read" }] }, "node:path": {} } },
    true,
  ],
  ["libraries by id and by file", { name: "A", libraries: ["lodash", { path: "x.js", global: "X" }] }, true],
  ["no name", {}, false],
  ["an unknown key", { name: "A", module: {} }, false],
  ["a built-in", { name: "A", modules: { JSON: {} } }, false],
  ["an unknown module", { name: "A", modules: { yml: {} } }, false],
  ["an unknown key of a configuration", { name: "A", modules: { fs: { root: [] } } }, false],
  [
    "a wrong value of a configuration",
    { name: "A", modules: { fs: { roots: [{ path: ".", access: "write" }] } } },
    false,
  ],
  ["an unknown library", { name: "A", libraries: ["lodahs"] }, false],
  ["a limit off the scale", { name: "A", limits: { memoryMb: 1 } }, false],
  ["a wrong mode", { name: "A", startup: [{ path: "a.js", mode: "run" }] }, false],
  ["a newer version", { name: "A", version: 2 }, false],
])("editors and the application agree about %s", (_what, value, valid) => {
  expect(validate(value)).toBe(valid);
  expect(parseTemplate(JSON.stringify(value), rules, "x").state === "ok").toBe(valid);
});

test("every field and every field of a configuration has a description", () => {
  const missing: string[] = [];
  const visit = (node: unknown, path: string) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, field] of Object.entries(
      "properties" in node && typeof node.properties === "object" ? (node.properties ?? {}) : {},
    )) {
      if (typeof field !== "object" || field === null || !("description" in field))
        missing.push(`${path}.${key}`);
      visit(field, `${path}.${key}`);
      if (typeof field === "object" && field !== null && "items" in field)
        visit(field.items, `${path}.${key}[]`);
    }
  };
  visit(templateJsonSchema(rules), "");
  expect(missing).toEqual([]);
});

test("presets that the rules allow are valid for editors, too", () => {
  for (const preset of PRESETS.filter(({ id }) => id === "plain" || id === "files"))
    expect(validate(presetTemplate(preset))).toBe(true);
});
