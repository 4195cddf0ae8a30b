import { expect, test, vi } from "vitest";
import { createMemoryApi } from "../testing/memory-api";
import { createWorkbench } from "./workbench";

const DECLARED = "/** @param {text} args.name */\n";

async function setup(files: Record<string, string>) {
  const api = createMemoryApi({ files });
  api.answer("parameters.read", ({ source = "" }) => ({
    declaration: {
      description: "",
      parameters: [],
      problems: source.includes("{text}")
        ? [{ line: 1, column: 5, message: "There is no type {text}." }]
        : [],
    },
  }));
  const workbench = createWorkbench(api);
  await workbench.files.load();
  const listed = () =>
    (workbench.problems.store.getState().byOwner["declarations"] ?? []).map(({ path, line }) => [path, line]);
  return { api, workbench, listed };
}

test("wrong declarations of scripts that are not open are problems, and follow the files", async () => {
  const { api, listed } = await setup({
    "a.js": DECLARED,
    "lib/b.ts": DECLARED,
    "c.js": "1",
    "d.md": DECLARED,
  });
  await vi.waitFor(() =>
    expect(listed()).toEqual([
      ["a.js", 1],
      ["lib/b.ts", 1],
    ]),
  );
  expect(api.calls.filter(({ name }) => name === "parameters.read")).toHaveLength(2);
  api.writeOnDisk("a.js", "/** @param {string} args.name */\n");
  await vi.waitFor(() => expect(listed()).toEqual([["lib/b.ts", 1]]));
});

test("an open script is left to its editor", async () => {
  const { workbench, listed } = await setup({ "a.js": DECLARED });
  await vi.waitFor(() => expect(listed()).toHaveLength(1));
  await workbench.documents.open("a.js");
  await vi.waitFor(() => expect(listed()).toEqual([]));
});
