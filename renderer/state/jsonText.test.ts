import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RESOLVER_EXTENSIONS, templateSchema, type Template } from "../../shared/model/template";
import { changeJson } from "../../shared/model/json-change";
import { placeInJson, readJson, smallestEdit, valueAt } from "./jsonText";

const apply = (text: string, edit = smallestEdit(text, text)) =>
  edit === undefined
    ? text
    : text.slice(0, edit.offset) + edit.content + text.slice(edit.offset + edit.length);

const path = fc.stringMatching(/^[a-z][a-z0-9/_-]{0,14}$/);
const limit = (min: number, max: number) => fc.integer({ min, max });
const templates: fc.Arbitrary<Template> = fc
  .record({
    id: fc.uuid({ version: 4 }),
    name: fc.string({ minLength: 1, maxLength: 60 }).filter((name) => name.trim() !== ""),
    description: fc.string({ maxLength: 80, unit: "grapheme" }),
    modules: fc.dictionary(
      fc.constantFrom("fs", "yaml", "path", "exec", "node:fs"),
      fc.dictionary(fc.constantFrom("roots", "commands", "readOnly", "maxBodyKb"), fc.jsonValue()),
    ),
    libraries: fc.array(
      fc.oneof(
        fc.constantFrom("lodash", "dayjs"),
        fc.record({ path, global: fc.constantFrom("X", "Money") }),
      ),
    ),
    startup: fc.array(fc.record({ path, mode: fc.constantFrom("eval" as const, "import" as const) })),
    limits: fc.record({
      cpuMs: limit(10, 3_600_000),
      wallMs: limit(10, 86_400_000),
      memoryMb: limit(16, 2048),
      stackKb: limit(64, 256),
      maxEvents: limit(1, 10_000_000),
      maxOutputKb: limit(1, 1_048_576),
    }),
    resolver: fc.record({
      roots: fc.array(path, { minLength: 1 }),
      extensions: fc.subarray([...RESOLVER_EXTENSIONS]),
      npm: fc.boolean(),
    }),
    runtime: fc.record({ console: fc.boolean(), strict: fc.boolean(), typescript: fc.boolean() }),
  })
  .map((raw) => templateSchema.parse(JSON.parse(JSON.stringify(raw))));

/** Every value of a template with its place, as the form sets them one by one. */
function fieldsOf(template: Template): { path: (string | number)[]; value: unknown }[] {
  const { modules, limits, resolver, runtime, ...others } = template;
  const nested = Object.entries({ modules, limits, resolver, runtime }).flatMap(([section, values]) =>
    Object.entries(values).map(([key, value]: [string, unknown]) => ({ path: [section, key], value })),
  );
  return [
    ...Object.entries(others).map(([key, value]: [string, unknown]) => ({ path: [key], value })),
    ...nested,
  ];
}

describe("the text of a template", () => {
  test("any valid template survives form → JSON → form unchanged, whatever the text was before", () => {
    fc.assert(
      fc.property(templates, templates, fc.constantFrom(0, 2, "\t"), (before, wanted, indent) => {
        const start = JSON.stringify(before, null, indent);
        const cleared = changeJson(start, [
          { path: ["modules"], value: {} },
          { path: ["libraries"], value: undefined },
          { path: ["startup"], value: undefined },
        ]);
        const text = fieldsOf(wanted).reduce((current, field) => changeJson(current, [field]), cleared);
        const { value, isWhole } = readJson(text);
        expect(isWhole).toBe(true);
        expect(templateSchema.parse(value)).toEqual(wanted);
        for (const field of fieldsOf(wanted)) expect(valueAt(value, field.path)).toEqual(field.value);
      }),
      { numRuns: 60 },
    );
  });

  test("taking a value out leaves its default, and every other value as it was", () => {
    fc.assert(
      fc.property(templates, (template) => {
        const text = changeJson(JSON.stringify(template, null, 2), [
          { path: ["limits", "cpuMs"], value: undefined },
        ]);
        expect(templateSchema.parse(readJson(text).value)).toEqual({
          ...template,
          limits: { ...template.limits, cpuMs: 2000 },
        });
      }),
      { numRuns: 40 },
    );
  });

  test("a change keeps what its author wrote around it", () => {
    const text = '{\n    "name":   "Odd",\n\n    "limits": { "cpuMs": 100,   "wallMs": 200 }\n}\n';
    expect(changeJson(text, [{ path: ["limits", "cpuMs"], value: 300 }])).toBe(text.replace("100", "300"));
  });

  test("line ends stay those of the file", () => {
    const text = '{\r\n  "name": "Windows"\r\n}\r\n';
    const next = changeJson(text, [{ path: ["description"], value: "x" }]);
    expect(next.replaceAll("\r\n", "")).not.toContain("\n");
  });

  test("the smallest edit turns one text into the other and touches no more than it must", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        expect(apply(before, smallestEdit(before, after))).toBe(after);
      }),
    );
    expect(smallestEdit("abcdef", "abXdef")).toEqual({ offset: 2, length: 1, content: "X" });
    expect(smallestEdit("same", "same")).toBeUndefined();
  });

  test("an edit never begins or ends inside of a character or a line end", () => {
    expect(smallestEdit("a😀b", "a😁b")).toEqual({ offset: 1, length: 2, content: "😁" });
    expect(smallestEdit("a\r\nb", "a\r\n\r\nb")?.content.replaceAll("\r\n", "")).toBe("");
  });

  test("any junk can be read without an error", () => {
    fc.assert(fc.property(fc.string(), (text) => void readJson(text)));
    expect(readJson("[".repeat(100_000)).isWhole).toBe(false);
    expect(readJson('{ "a": 1, }').isWhole).toBe(false);
  });

  test("a place that is not there is shown at its nearest parent", () => {
    const text = '{ "limits": { "cpuMs": 5 } }';
    expect(placeInJson(text, ["limits", "cpuMs"])).toEqual({ offset: text.indexOf("5"), length: 1 });
    expect(placeInJson(text, ["limits", "wallMs"])).toEqual({ offset: 2, length: '"limits"'.length });
    const key = { offset: text.indexOf('"cpuMs"'), length: '"cpuMs"'.length };
    expect(placeInJson(text, ["limits", "cpuMs"], "key")).toEqual(key);
  });
});
