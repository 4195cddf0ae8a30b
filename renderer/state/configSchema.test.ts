import { describe, expect, test } from "vitest";
import { z } from "zod";
import { configFields, newEntry } from "./configSchema";

const fieldsOf = (schema: z.ZodType) =>
  configFields(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));

describe("a configuration form", () => {
  test("granted roots are rows with a path and an access, and a new one may only read", () => {
    const [roots] = fieldsOf(
      z.strictObject({
        roots: z
          .array(z.strictObject({ path: z.string(), access: z.enum(["read", "read-write"]).default("read") }))
          .default([]),
      }),
    );
    expect(roots?.noun).toBe("root");
    if (roots?.control.kind !== "objects") throw new Error("not a list of objects");
    expect(roots.control.fields.map((field) => field.control.kind)).toEqual(["text", "choice"]);
    expect(newEntry(roots.control.fields)).toEqual({ path: "", access: "read" });
  });

  test("numbers bear their unit and bounds, lists of names are chips, few names are boxes to tick", () => {
    const fields = fieldsOf(
      z.strictObject({
        timeoutMs: z.int().min(1).max(60_000).default(30_000),
        maxBodyKb: z.int().default(4096),
        commands: z.array(z.string()).default([]),
        expose: z.array(z.enum(["platform", "arch"])).default([]),
        readOnly: z.boolean().default(false),
        cwd: z.string().optional(),
      }),
    );
    expect(fields.map((field) => [field.label, field.control.kind])).toEqual([
      ["Timeout", "number"],
      ["Max body", "number"],
      ["Commands", "texts"],
      ["Expose", "choices"],
      ["Read only", "boolean"],
      ["Cwd", "text"],
    ]);
    expect(fields[0]?.control).toEqual({ kind: "number", unit: "ms", min: 1, max: 60_000 });
    expect(fields[1]?.control).toEqual({ kind: "number", unit: "KB", min: undefined, max: undefined });
  });

  test("what no control fits is edited as JSON", () => {
    const [field] = fieldsOf(z.strictObject({ rules: z.array(z.union([z.string(), z.number()])) }));
    expect(field?.control).toEqual({ kind: "json" });
  });
});
