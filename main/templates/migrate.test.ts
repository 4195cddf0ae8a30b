import fc from "fast-check";
import { expect, test } from "vitest";
import { builtinName } from "../modules/builtins";
import { isOlderForm, migrate } from "./migrate";
import { parseTemplate } from "./parse";
import { applicationRules } from "./rules";

const rules = applicationRules(["lodash", "dayjs"]);

test("what is odd in older data is named, not dropped", () => {
  const { template, report } = migrate(
    {
      id: 7,
      name: "Odd",
      description: ["x"],
      exposed_modules: ["yaml", 5, { name: "fs", config: { roots: "everything" } }, { nme: "path" }],
      modules: ["exec"],
      libraries: ["lodash-4.17.21", "lodash", { name: "dayjs", config: { locale: "de" } }],
      startup_files: ["a.js", { path: "b.js", mode: "run" }, { file: "c.js" }],
      settings: { limits: { cpu_ms: "fast" }, resolver: "none", runtime: { strict: 1 } },
      limits: { cpuMs: 5 },
    },
    rules,
  );
  expect(template).toMatchObject({
    name: "Odd",
    description: "",
    modules: { yaml: {}, fs: {} },
    libraries: ["lodash", "dayjs"],
    startup: [
      { path: "a.js", mode: "eval" },
      { path: "b.js", mode: "eval" },
    ],
    limits: {},
    resolver: {},
    runtime: {},
  });
  expect(report).toEqual([
    "modules: left out, exposed_modules says it already",
    "limits: left out, settings.limits says it already",
    "id: 7 → a new one (ids are UUIDs)",
    'description ["x"]: left out, it has no meaning here',
    "modules: 5: left out, it has no meaning here",
    'modules: {"nme":"path"}: left out, it has no meaning here',
    'modules: "yaml" kept',
    'modules: "fs" kept with the default configuration; {"roots":"everything"} is none that it takes',
    'libraries: "lodash-4.17.21" → "lodash", in the version that the application ships',
    'libraries: "lodash" removed; lodash is listed already',
    'libraries: the configuration {"locale":"de"} of "dayjs": left out, it has no meaning here',
    'startup: b.js runs in the mode eval; "run" is no mode here',
    'startup: {"file":"c.js"}: left out, it has no meaning here',
    "startup: a.js, b.js",
    "limits.cpu_ms: left out, it has no meaning here",
    'resolver "none": left out, it has no meaning here',
    "settings.runtime.strict: left out, it has no meaning here",
  ]);
});

const names = fc.constantFrom("fs", "node:fs", "yaml", "exec", "json", "JSON", " Math ", "nope", "__proto__");
const older = fc.record(
  {
    name: fc.oneof(fc.string(), fc.jsonValue()),
    exposed_modules: fc.oneof(
      fc.array(fc.oneof(names, fc.record({ name: names, config: fc.jsonValue() }), fc.jsonValue())),
      fc.jsonValue(),
    ),
    libraries: fc.oneof(fc.array(fc.oneof(fc.constantFrom("lodash", "lodash-4.17.21", "x"), fc.jsonValue()))),
    startup_files: fc.oneof(fc.array(fc.record({ path: fc.string(), mode: fc.jsonValue() })), fc.jsonValue()),
    settings: fc.oneof(
      fc.record(
        {
          limits: fc.dictionary(fc.constantFrom("cpu_ms", "mem_mb", "x"), fc.jsonValue()),
          resolver: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
      fc.jsonValue(),
    ),
    engine: fc.jsonValue(),
  },
  { requiredKeys: ["exposed_modules"] },
);

test("whatever older data holds, nothing is granted, and every module is kept or named in the report", () => {
  fc.assert(
    fc.property(older, (value) => {
      expect(isOlderForm(value)).toBe(true);
      const { template, report } = migrate(value, rules);
      const parsed = parseTemplate(JSON.stringify(template), rules, "x").template;
      for (const [name, config] of Object.entries(parsed?.modules ?? {})) {
        const listed = JSON.stringify(value.exposed_modules);
        const aliases = [name, ...(rules.registry.find(name)?.aliases ?? [])];
        expect(aliases.some((each) => listed.includes(`"${each}`))).toBe(true);
        // Only what the older data itself configures can be more than the denying default.
        if (!listed.includes('"config"'))
          expect(config).toEqual(
            parseTemplate(JSON.stringify({ name: "T", modules: { [name]: {} } }), rules, "x").template
              ?.modules[name],
          );
      }
      const said = report.join("\n");
      for (const item of Array.isArray(value.exposed_modules) ? value.exposed_modules : []) {
        if (typeof item !== "string") continue;
        const isKept = Object.hasOwn(Object(template["modules"]), item);
        expect(isKept || said.includes(`"${item}"`)).toBe(true);
        if (rules.registry.find(item.trim()) === undefined && builtinName(item) !== undefined)
          expect(said).toContain(`"${item}" removed (MODULE_NOT_ALLOWED)`);
      }
      if ("engine" in value) expect(said).toContain("engine: left out");
    }),
    { numRuns: 200 },
  );
});
