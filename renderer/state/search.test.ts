import { describe, expect, test } from "vitest";
import type { SearchMatch } from "../../shared/ipc/workspace";
import { createMemoryApi } from "../testing/memory-api";
import { createWorkbench } from "./workbench";

const match = (path: string): SearchMatch => ({ path, line: 1, column: 1, length: 3, text: "abc" });

async function setup() {
  const api = createMemoryApi();
  const ids: string[] = [];
  api.answer("files.search", ({ id }) => {
    ids.push(id);
    return { matches: 1, files: 1, truncated: false, cancelled: false };
  });
  const { search } = createWorkbench(api);
  await search.search({ query: "abc" });
  const paths = () => search.store.getState().matches.map(({ path }) => path);
  const send = (id: string | undefined, path: string) =>
    api.emit("search.results", { id: id ?? "", matches: [match(path)] });
  return { search, ids, paths, send };
}

describe("find in files", () => {
  test("keeps matches that arrive after the answer", async () => {
    const { search, ids, paths, send } = await setup();
    expect(search.store.getState().status.kind).toBe("done");
    send(ids[0], "late.js");
    expect(paths()).toEqual(["late.js"]);
  });

  test("leaves out what belongs to a search before", async () => {
    const { search, ids, paths, send } = await setup();
    await search.search({ query: "abcd" });
    send(ids[0], "old.js");
    send(ids[1], "new.js");
    expect(paths()).toEqual(["new.js"]);
  });
});
