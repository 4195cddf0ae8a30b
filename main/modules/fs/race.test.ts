import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callHost, callHostAsync } from "../testing/call-host";
import { makeHostContext, makeWorkspace } from "../testing/host-context";
import { createZipHost } from "../zip/host";
import { createFsHost } from "./host";

const SECRET = "the-secret-outside";
const ROUNDS = 1500;
const area = makeWorkspace();
const workspace = join(area.path, "workspace");
const outside = join(area.path, "outside");
let swapper: Worker;

// Another thread puts links in the way and takes them away again, as fast as it can: where a folder was is a link to
// the outside, where a file was is a link to the secret.
const SWAP = `
const { renameSync, symlinkSync, unlinkSync } = require("node:fs");
const { workerData } = require("node:worker_threads");
const { workspace, outside } = workerData;
const swap = (slot, target) => {
  try {
    renameSync(slot, slot + ".parked");
    symlinkSync(target, slot);
  } catch {}
  try {
    unlinkSync(slot);
    renameSync(slot + ".parked", slot);
  } catch {}
};
for (;;) {
  swap(workspace + "/folder", outside);
  swap(workspace + "/file.txt", outside + "/secret.txt");
}
`;

beforeAll(() => {
  mkdirSync(join(workspace, "folder", "deep"), { recursive: true });
  mkdirSync(join(outside, "deep"), { recursive: true });
  for (const name of ["secret.txt", "deep/secret.txt"]) {
    writeFileSync(join(outside, name), SECRET);
    writeFileSync(join(workspace, "folder", name), "harmless");
  }
  writeFileSync(join(workspace, "file.txt"), "harmless");
  swapper = new Worker(SWAP, { eval: true, workerData: { workspace, outside } });
});

afterAll(async () => {
  await swapper.terminate();
  area.dispose();
});

function outsideState(): string {
  const files = readdirSync(outside, { recursive: true, encoding: "utf8" }).sort();
  return JSON.stringify([
    files,
    readFileSync(join(outside, "secret.txt"), "utf8"),
    readFileSync(join(outside, "deep/secret.txt"), "utf8"),
  ]);
}

// A loaded machine gives the two threads turns of many milliseconds.
it("a link swapped in between check and use leads nowhere", { timeout: 180_000 }, async () => {
  const host = createFsHost([{ path: ".", access: "read-write" }], makeHostContext(workspace));
  const call = callHost(host);
  const callAsync = callHostAsync(host);
  const zip = callHostAsync(
    createZipHost(
      { roots: [{ path: ".", access: "read-write" }], maxEntries: 10, maxEntryKb: 10, maxTotalKb: 10 },
      makeHostContext(workspace),
    ),
  );
  await zip("create", "plain.zip", { "planted.txt": "harmless" });
  const before = outsideState();
  const outcomes = new Map<string, number>();
  const note = (answer: { value?: unknown; error?: Record<string, unknown> }): void => {
    const outcome = answer.error === undefined ? "ok" : String(answer.error["code"]);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    expect(JSON.stringify(answer)).not.toContain(SECRET);
    expect(JSON.stringify(answer)).not.toContain("/proc/self");
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    note(call("readFileSync", "folder/secret.txt", "utf8"));
    note(call("readFileSync", "folder/deep/secret.txt", "utf8"));
    note(call("readFileSync", "file.txt", "utf8"));
    note(call("writeFileSync", "folder/secret.txt", "harmless"));
    note(call("appendFileSync", "file.txt", ""));
    note(call("writeFileSync", `folder/new-${round % 10}.txt`, "harmless"));
    note(call("copyFileSync", "folder/secret.txt", "copy.txt"));
    note(call("mkdirSync", `folder/deep/made-${round % 10}`));
    note(call("unlinkSync", `folder/new-${round % 10}.txt`));
    note(call("rmSync", `folder/deep/made-${round % 10}`, { recursive: true, force: true }));
    note(call("mkdirSync", `folder/tree/${round % 3}`, { recursive: true }));
    note(call("rmSync", "folder/tree", { recursive: true, force: true }));
    note(call("readdirSync", "folder"));
    if (round % 8 === 0) note(await callAsync("readFile", "folder/secret.txt", "utf8"));
    if (round % 40 !== 0) continue;
    note(await zip("create", "folder/made.zip", [{ name: "a.txt", file: "folder/deep/secret.txt" }]));
    note(await zip("read", "folder/made.zip", "a.txt", "utf8"));
    note(await zip("extract", "plain.zip", "folder/deep", { overwrite: true }));
  }
  expect(outcomes.has("EINVAL"), "no detail of the check shows").toBe(false);
  expect(outsideState()).toBe(before);
  expect(readFileSync(join(workspace, "copy.txt"), "utf8")).toBe("harmless");
  // Both sides of the race were seen, or nothing was proved.
  expect(outcomes.get("ok")).toBeGreaterThan(100);
  expect(outcomes.get("PERMISSION_DENIED")).toBeGreaterThan(10);
});
