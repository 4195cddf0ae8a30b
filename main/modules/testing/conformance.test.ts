import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { moduleConfigSchema } from "../../../shared/model/template";
import { openTestSession, type TestSession } from "../../vm/testing";
import { registry } from "../registry";
import { compileTypings } from "./compile-typings";
import { SAMPLE_FILES } from "./sample-files";

let session: TestSession | undefined;
afterEach(async () => {
  await session?.dispose({ leaks: "ignore" });
  session = undefined;
});

const SENTENCE = /^[A-Z`"].*[.!?)…]$/s;

/** The value of the last console line, which the script printed as JSON. */
async function ask(name: string, config: unknown, script: string): Promise<unknown> {
  session = await openTestSession({
    modules: { [name]: moduleConfigSchema.parse(config) },
    files: SAMPLE_FILES,
  });
  const outcome = await session.run(script);
  expect(outcome.error).toBeUndefined();
  return JSON.parse(session.lines.at(-1) ?? "null");
}

describe.each(registry.list().map((record) => [record.name, record] as const))("%s", (name, record) => {
  it("describes itself in sentences", () => {
    expect(record.summary).toMatch(SENTENCE);
    expect(record.allows).toMatch(SENTENCE);
    expect(record.example.trim()).not.toBe("");
    expect(record.members.length).toBeGreaterThan(0);
  });

  it("denies by default, refuses unknown fields, and describes every field", () => {
    expect(record.configSchema.safeParse({}).success).toBe(true);
    expect(record.configSchema.safeParse({ noSuchField: 1 }).success).toBe(false);
    const schema = z.toJSONSchema(record.configSchema, { io: "input", unrepresentable: "any" });
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
      expect(property, `the field ${field}`).toHaveProperty("description", expect.stringMatching(SENTENCE));
    }
  });

  it("says what its example's configuration permits", () => {
    const config = record.configSchema.parse(record.exampleConfig);
    for (const effect of record.effects(config)) expect(effect).not.toMatch(/\.$/);
    for (const remark of record.remarks?.(config, new Set()) ?? [])
      expect(remark.message).toMatch(/\S \S.*\.$/);
  });

  it("has docs of every member: a sentence, parameters, result, errors and an example", () => {
    for (const member of record.members) {
      expect(member.summary, member.name).toMatch(SENTENCE);
      expect(member.signature, member.name).toContain(member.name.split(".").at(-1));
      expect(member.returns.trim(), member.name).not.toBe("");
      expect(member.example.trim(), member.name).not.toBe("");
      for (const parameter of member.params)
        expect(parameter.doc.trim(), `${member.name}(${parameter.name})`).not.toBe("");
      for (const error of member.errors) expect(`${error.code} ${error.when}`, member.name).toMatch(/\S \S/);
    }
    const names = record.members.map((member) => member.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has typings that compile strictly, under every name", () => {
    expect(compileTypings(record).problems).toEqual([]);
  });

  it("exports exactly what its typings declare and its docs describe", async () => {
    const exported = await ask(
      name,
      record.exampleConfig,
      `const loaded = require(${JSON.stringify(name)});
      const ofFunctions = ["length", "name", "prototype"];
      const names = typeof loaded === "function"
        ? Object.getOwnPropertyNames(loaded).filter((name) => !ofFunctions.includes(name))
        : Object.keys(loaded);
      console.log(JSON.stringify(names.filter((name) => name !== "default").sort()));`,
    );
    const declared = compileTypings(record).exportedValues;
    expect(exported).toEqual(declared);
    const documented = record.members.map((member) => member.name.split(".")[0]);
    expect([...new Set(documented)].sort()).toEqual(declared);
  });

  it("declares what its namespaces and classes hold, method by method", async () => {
    const { innerMembers } = compileTypings(record);
    const actual = z.record(z.string(), z.array(z.string())).parse(
      await ask(
        name,
        record.exampleConfig,
        `const loaded = require(${JSON.stringify(name)});
        const ofFunctions = ["length", "name", "prototype", "constructor"];
        const found = Object.entries(${JSON.stringify(innerMembers)}).map(([path, declared]) => {
          const holder = path.split(".").reduce((value, key) => value[key], loaded);
          // Node's private fields begin with an underscore; getters are no methods.
          const own = Object.entries(Object.getOwnPropertyDescriptors(holder))
            .filter(([key, { value }]) => !key.startsWith("_") && !ofFunctions.includes(key) && (!path.endsWith(".prototype") || typeof value === "function"))
            .map(([key]) => key);
          // Inherited ones may be declared, own ones must be.
          return [path, [...new Set([...own, ...declared.filter((key) => key in holder)])].sort()];
        });
        console.log(JSON.stringify(Object.fromEntries(found)));`,
      ),
    );
    expect(actual).toEqual(innerMembers);
  });

  it("is the same module under every name", async () => {
    const names = JSON.stringify([name, ...record.aliases]);
    const same = await ask(
      name,
      record.exampleConfig,
      `console.log(${names}.every((name) => require(name) === require(${JSON.stringify(name)})));`,
    );
    expect(same).toBe(true);
  });

  const examples: [string, string][] = [
    ["the module", record.example],
    ...record.members.map((member): [string, string] => [member.name, member.example]),
  ];
  it.each(examples)("the example of %s runs as it stands", async (_member, example) => {
    session = await openTestSession({
      modules: { [name]: moduleConfigSchema.parse(record.exampleConfig) },
      files: SAMPLE_FILES,
    });
    const outcome = await session.run(example);
    expect(outcome.error, example).toBeUndefined();
    expect(outcome.status).toBe("ok");
  });
});
