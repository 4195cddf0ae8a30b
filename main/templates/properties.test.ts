import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WorkbenchError } from "../../shared/model/error";
import { templateEntrySchema } from "../../shared/ipc/templates";
import { changeJson } from "../../shared/model/json-change";
import { limitsSchema, type TemplateInput } from "../../shared/model/template";
import { exportBundle } from "./bundle";
import { canonicalJson } from "./canonical";
import { diffSources } from "./diff-sources";
import { entryOf } from "./entry";
import { importTemplates, previewImport } from "./import";
import { parseJsonText } from "./json-text";
import { parseTemplate } from "./parse";
import { openTestStore, testRules } from "./testing/test-store";

let base: string;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "properties-")));
});
afterAll(() => rmSync(base, { recursive: true }));

let count = 0;
const open = () => openTestStore(join(base, String(count++)));

const name = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .filter((text) => text.trim() !== "" && text.trim().length <= 120);
const path = fc
  .array(fc.stringMatching(/^[a-z]{4,8}$/), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("/"));
const limits = fc.record(
  {
    cpuMs: fc.integer({ min: 10, max: 3_600_000 }),
    memoryMb: fc.integer({ min: 16, max: 2048 }),
    maxEvents: fc.integer({ min: 1, max: 10_000_000 }),
  },
  { requiredKeys: [] },
);
const configs = {
  fs: fc.record(
    { roots: fc.array(fc.record({ path, access: fc.constantFrom("read", "read-write") }), { maxLength: 3 }) },
    { requiredKeys: [] },
  ),
  yaml: fc.constant({}),
  "node:path": fc.constant({}),
};
/** Valid templates as people write them: any keys left out, any optional spelling. */
const template: fc.Arbitrary<TemplateInput> = fc.record(
  {
    name,
    id: fc.uuid({ version: 4 }),
    description: fc.string({ unit: "grapheme", maxLength: 60 }),
    modules: fc.record(configs, { requiredKeys: [] }),
    libraries: fc.uniqueArray(
      fc.oneof(
        fc.constantFrom("lodash", "dayjs"),
        fc.record({ path, global: fc.constant("X") }, { requiredKeys: ["path"] }),
      ),
      { maxLength: 3 },
    ),
    startup: fc.array(
      fc.record(
        { path, mode: fc.constantFrom("eval" as const, "import" as const) },
        { requiredKeys: ["path"] },
      ),
      { maxLength: 3 },
    ),
    limits,
    resolver: fc.record({ roots: fc.array(path, { maxLength: 2 }), npm: fc.boolean() }, { requiredKeys: [] }),
    runtime: fc.record({ console: fc.boolean(), strict: fc.boolean() }, { requiredKeys: [] }),
  },
  { requiredKeys: ["name", "id"] },
);

const junk = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: "binary", maxLength: 300 }).map((text) => Buffer.from(text)),
  fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text)),
  // Nearly right is the hardest: a valid template with one stretch replaced.
  fc
    .tuple(template, fc.nat(), fc.nat({ max: 10 }), fc.string({ maxLength: 5 }))
    .map(([input, at, length, patch]) => {
      const text = JSON.stringify(input);
      const from = at % text.length;
      return Buffer.from(text.slice(0, from) + patch + text.slice(from + length));
    }),
);

test("any valid template survives save and load unchanged, in any formatting", async () => {
  await fc.assert(
    fc.asyncProperty(template, fc.constantFrom(0, 2, 4, "\t"), async (input, indent) => {
      const store = open();
      const source = JSON.stringify(input, null, indent);
      const expected = parseTemplate(source, testRules, "x").template;
      expect(expected).toBeDefined();
      const saved = await store.save("x.template.json", source, "");
      expect(saved).toMatchObject({ state: "ok", source, template: expected });
      const loaded = (await openTestStore(store.workspaceRoot).list())[0];
      expect(loaded).toEqual(saved);
      expect(templateEntrySchema.safeParse(loaded).success).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("any valid template survives export and import with a valid checksum", async () => {
  await fc.assert(
    fc.asyncProperty(template, async (input) => {
      const from = open();
      const entry = await from.save("x.template.json", JSON.stringify(input), "");
      const to = open();
      const bundle = exportBundle([entry]);
      const [item] = await previewImport(bundle, to);
      expect(item).toMatchObject({ checksum: "valid", conflict: "none", problems: [], migration: [] });
      const [imported] = await importTemplates(bundle, [{ name: item?.name ?? "", action: "add" }], to);
      expect(imported?.template).toEqual(entry.template);
      expect(diffSources(entry.source, imported?.source ?? "", testRules).changes).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test("form edits change what they name and nothing else", () => {
  const key = fc.constantFrom(...limitsSchema.keyof().options);
  fc.assert(
    fc.property(template, fc.constantFrom(0, 3, "\t"), key, (input, indent, limit) => {
      const source = JSON.stringify(input, null, indent);
      const edited = changeJson(source, [{ path: ["limits", limit], value: 200 }]);
      const wanted = { ...input, limits: { ...input.limits, [limit]: 200 } };
      expect(canonicalJson(parseJsonText(edited).value)).toBe(canonicalJson(wanted));
      const back = changeJson(edited, [{ path: ["limits"], value: input.limits }]);
      expect(canonicalJson(parseJsonText(back).value)).toBe(canonicalJson(input));
    }),
  );
});

test("any junk file is an entry with reasons, never a crash and never a write", async () => {
  const store = open();
  const folder = join(store.workspaceRoot, "templates");
  const file = "junk.template.json";
  await fc.assert(
    fc.asyncProperty(junk, async (bytes) => {
      writeFileSync(join(folder, file), bytes);
      const [entry] = await store.list();
      expect(templateEntrySchema.safeParse(entry).success).toBe(true);
      if (entry === undefined || entry.state === "ok") return; // it happened to be valid
      expect(entry.problems.length).toBeGreaterThan(0);
      for (const attempt of [
        () => store.rename(file, "New"),
        () => store.addModule(file, "yaml"),
        () => store.setLimit(file, "cpuMs", 100),
        () => store.duplicate(file, "Copy"),
        () => store.resolve({ file }),
      ]) {
        await expect(attempt()).rejects.toBeInstanceOf(WorkbenchError);
      }
      expect(readFileSync(join(folder, file)).equals(bytes)).toBe(true);
      expect(readdirSync(folder)).toEqual([file]);
    }),
    { numRuns: 300 },
  );
});

test("any text is imported with reasons, or refused with one", async () => {
  const store = open();
  await fc.assert(
    fc.asyncProperty(junk, async (bytes) => {
      try {
        for (const item of await previewImport(bytes.toString(), store))
          expect(item.template !== undefined || item.problems.length > 0).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(WorkbenchError);
      }
      expect(readdirSync(join(store.workspaceRoot, "templates"))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("whatever stands in a template, no other module than a registered one is in the result", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.oneof(fc.string(), fc.constantFrom("__proto__", "fs", "node:fs", "JSON", " yaml ")),
        fc.oneof(fc.constant({}), fc.jsonValue()),
      ),
      (modules) => {
        const bytes = Buffer.from(JSON.stringify({ name: "T", modules }));
        const entry = entryOf({ file: "t", bytes, hash: "", mtimeMs: 0, readOnly: false }, testRules);
        for (const module of Object.keys(entry.template?.modules ?? {}))
          expect(testRules.registry.find(module)?.name).toBe(module);
      },
    ),
  );
});
