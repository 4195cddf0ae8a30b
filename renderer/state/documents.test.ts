import { describe, expect, test, vi } from "vitest";
import { createMemoryApi } from "../testing/memory-api";
import { createClient } from "./client";
import { createDocuments, isDirty } from "./documents";
import { createPersistence } from "./persist";

function setup(api = createMemoryApi({ files: { "a.js": "one" } })) {
  const client = createClient(api);
  const persistence = createPersistence(client);
  return { api, persistence, documents: createDocuments(client, persistence) };
}

describe("text documents", () => {
  test("are dirty by content: taking a change back leaves them clean", async () => {
    const { documents } = setup();
    await documents.open("a.js");
    documents.edit("a.js", "two");
    expect(isDirty(documents.get("a.js"))).toBe(true);
    documents.edit("a.js", "one");
    expect(isDirty(documents.get("a.js"))).toBe(false);
  });

  test("saving writes what was edited", async () => {
    const { api, documents } = setup();
    await documents.open("a.js");
    documents.edit("a.js", "two");
    expect(await documents.save("a.js")).toBe("saved");
    expect(api.files.get("a.js")).toBe("two");
    expect(isDirty(documents.get("a.js"))).toBe(false);
  });

  test("a clean document follows the disk by itself", async () => {
    const { api, documents } = setup();
    await documents.open("a.js");
    api.writeOnDisk("a.js", "elsewhere");
    await vi.waitFor(() => expect(documents.get("a.js")?.text).toBe("elsewhere"));
  });

  test("a file changed on disk while it was edited is never overwritten silently", async () => {
    const { api, documents } = setup();
    await documents.open("a.js");
    documents.edit("a.js", "mine");
    api.files.set("a.js", "theirs");
    expect(await documents.save("a.js")).toBe("conflict");
    expect(api.files.get("a.js")).toBe("theirs");
    expect(documents.get("a.js")).toMatchObject({ text: "mine", conflict: { text: "theirs" } });
    await documents.resolve("a.js", "mine");
    expect(api.files.get("a.js")).toBe("mine");
    expect(documents.get("a.js")?.conflict).toBeNull();
  });

  test("saving again while a save is under way is no conflict with oneself", async () => {
    const { api, documents } = setup();
    await documents.open("a.js");
    documents.edit("a.js", "two");
    const first = documents.save("a.js");
    const again = documents.save("a.js");
    documents.edit("a.js", "three");
    expect(await Promise.all([first, again, documents.save("a.js")])).toEqual(["saved", "saved", "saved"]);
    expect(api.files.get("a.js")).toBe("three");
    expect(documents.get("a.js")).toMatchObject({ saved: "three", text: "three", conflict: null });
  });

  test("taking the disk's side of a conflict drops the edits", async () => {
    const { api, documents } = setup();
    await documents.open("a.js");
    documents.edit("a.js", "mine");
    api.writeOnDisk("a.js", "theirs");
    await vi.waitFor(() => expect(documents.get("a.js")?.conflict).not.toBeNull());
    await documents.resolve("a.js", "theirs");
    expect(documents.get("a.js")).toMatchObject({ text: "theirs", conflict: null });
    expect(isDirty(documents.get("a.js"))).toBe(false);
  });

  test("a removed file keeps its text and can be written again", async () => {
    const { api, documents } = setup();
    await documents.open("a.js");
    api.writeOnDisk("a.js", undefined);
    await vi.waitFor(() => expect(documents.get("a.js")?.state).toBe("missing"));
    expect(await documents.save("a.js")).toBe("saved");
    expect(api.files.get("a.js")).toBe("one");
  });

  test("a missing file says so", async () => {
    const { documents } = setup();
    await documents.open("nowhere.js");
    expect(documents.get("nowhere.js")).toMatchObject({ state: "failed", error: { code: "FILE_NOT_FOUND" } });
  });
});

describe("drafts", () => {
  test("unsaved edits come back after a crash, at most a second old", async () => {
    vi.useFakeTimers();
    const { api, documents } = setup();
    await documents.open("a.js");
    documents.edit("a.js", "unsaved");
    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    // The page is gone without a word: only what main keeps is left.
    const later = setup(api).documents;
    await later.load();
    expect(later.get("a.js")).toMatchObject({ text: "unsaved", saved: "one" });
    expect(isDirty(later.get("a.js"))).toBe(true);
  });

  test("a draft whose file changed meanwhile is a conflict, not a silent overwrite", async () => {
    const { api, persistence, documents } = setup();
    await documents.open("a.js");
    documents.edit("a.js", "unsaved");
    await persistence.flush();
    api.files.set("a.js", "newer");
    const later = setup(api).documents;
    await later.load();
    expect(later.get("a.js")).toMatchObject({ text: "unsaved", conflict: { text: "newer" } });
  });

  test("a saved document leaves no draft", async () => {
    const { api, persistence, documents } = setup();
    await documents.open("a.js");
    documents.edit("a.js", "unsaved");
    await documents.save("a.js");
    await persistence.flush();
    expect(api.state.get("drafts")).toEqual({});
  });
});
