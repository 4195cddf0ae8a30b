import { expect, it } from "vitest";
import { registry } from "../../registry";
import { tableOf } from "../differential/run";
import { atTheEdges } from "./numbers";
import { openThreadSession } from "./thread-session";

/*
 * Node's own functions let numbers pass that end the whole process in the native code below them, and with it the
 * application: minus zero is one. A failure here is a test process that is gone, or a session's thread.
 */

const limits = { wallMs: 200, cpuMs: 200, memoryMb: 64 };

it.each(registry.list().map((record) => [record.name, record] as const))(
  "%s answers when a number of its examples and calls is at an edge",
  async (name, record) => {
    const { setup = "", calls } = (await tableOf(name)) ?? { calls: [] };
    const examples = [record.example, ...record.members.map((member) => member.example)].flatMap(atTheEdges);
    const variants = calls.flatMap((call) => atTheEdges(`(${call})`));
    const load = `const ${name.replaceAll(/\W/g, "_")} = require(${JSON.stringify(name)});`;
    const scripts = [...examples, ...variants.map((call) => `${load}\n${setup}\nawait ${call};`)];
    let session = await openThreadSession(record, limits);
    for (const script of scripts) {
      const { outcome } = await session.run(script);
      expect(outcome, script).toBeDefined();
      expect(outcome?.error?.code, script).not.toBe("INTERNAL");
      if (outcome?.status === "ok" || outcome?.status === "error") continue;
      await session.dispose();
      session = await openThreadSession(record, limits);
    }
    await session.dispose();
  },
  120_000,
);
