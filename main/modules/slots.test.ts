import { expect, test } from "vitest";
import { Slots } from "./slots";

function deferred(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

test("so many things happen at once, the others in order", async () => {
  const slots = new Slots(2);
  const begun: number[] = [];
  const gates = [0, 1, 2, 3].map(() => deferred());
  const all = gates.map((gate, index) =>
    slots.run(async () => {
      begun.push(index);
      await gate.promise;
      return index;
    }),
  );
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await all[1];
  expect(begun).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
});

test("one that fails frees its slot", async () => {
  const slots = new Slots(1);
  await expect(slots.run(() => Promise.reject(new Error("boom")))).rejects.toThrow("boom");
  expect(await slots.run(() => Promise.resolve("next"))).toBe("next");
});

test("who is aborted while waiting leaves at once and takes nobody's place", async () => {
  const slots = new Slots(1);
  const gate = deferred();
  const first = slots.run(() => gate.promise);
  const impatient = new AbortController();
  const never = slots.run(() => Promise.resolve("ran"), impatient.signal);
  const last = slots.run(() => Promise.resolve("last"));
  impatient.abort(new Error("left"));
  await expect(never).rejects.toThrow("left");
  await expect(slots.run(() => Promise.resolve(1), AbortSignal.abort(new Error("late")))).rejects.toThrow(
    "late",
  );
  gate.resolve();
  await first;
  expect(await last).toBe("last");
});

test("what is heavy waits until there is room for all of it, and nobody overtakes it", async () => {
  const slots = new Slots(10);
  const begun: string[] = [];
  const start = (name: string, weight: number, gate: Promise<void>, signal?: AbortSignal) =>
    slots.run(
      async () => {
        begun.push(name);
        await gate;
      },
      signal,
      weight,
    );
  const gates = [0, 1, 2, 3].map(() => deferred());
  const none = Promise.resolve();
  const impatient = new AbortController();
  const running = [
    start("six", 6, gates[0]?.promise ?? none),
    start("five", 5, gates[1]?.promise ?? none),
    start("four", 4, gates[2]?.promise ?? none),
  ];
  expect(begun).toEqual(["six"]);
  gates[0]?.resolve();
  await running[0];
  expect(begun).toEqual(["six", "five", "four"]);
  // More than there is: all of it, alone.
  const tooMuch = start("hundred", 100, none, impatient.signal);
  running.push(start("one", 1, gates[3]?.promise ?? none));
  expect(begun).toHaveLength(3);
  impatient.abort(new Error("left"));
  await expect(tooMuch).rejects.toThrow("left");
  for (const gate of gates) gate.resolve();
  await Promise.all(running);
  expect(begun).toEqual(["six", "five", "four", "one"]);
  await start("alone", 100, none);
  expect(begun).toContain("alone");
});
