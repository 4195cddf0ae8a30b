import { describe, expect, it } from "vitest";
import { registry } from "../../registry";
import { compareWithNode, tableOf } from "./run";

const nodeModules = registry.list().filter((record) => record.aliases.includes(`node:${record.name}`));

describe("a module that carries a Node name does what Node does", () => {
  it.each(nodeModules.map((record) => [record.name, record] as const))("%s", async (name, record) => {
    const table = await tableOf(name);
    expect(table, `${name} has a table of calls`).toBeDefined();
    expect(await compareWithNode(record, table ?? { calls: [] })).toEqual([]);
  });

  it("was compared in at least 400 calls", async () => {
    const tables = await Promise.all(nodeModules.map((record) => tableOf(record.name)));
    const calls = tables.reduce((sum, table) => sum + (table?.calls.length ?? 0), 0);
    expect(calls).toBeGreaterThanOrEqual(400);
  });
});
