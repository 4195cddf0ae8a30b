import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appRequests } from "../../../shared/ipc/app";
import { SettingsStore } from "./settings-store";
import { UiStateStore } from "./ui-state-store";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "state-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("settings", () => {
  it("start as the documented defaults and survive a restart", async () => {
    const file = join(folder, "settings.json");
    const { store } = await SettingsStore.open(file);
    expect(store.get()).toMatchObject({ theme: "system", fontSize: 13 });
    await store.update({ theme: "dark" });
    expect((await SettingsStore.open(file)).store.get().theme).toBe("dark");
  });

  it("change one at a time: what the contract takes in leaves all others alone", async () => {
    const { store } = await SettingsStore.open(join(folder, "settings.json"));
    const { input } = appRequests["app.setSettings"];
    await store.update(input.parse({ theme: "dark", reducedMotion: "on", tourDone: true }));
    await store.update(input.parse({ fontSize: 20 }));
    expect(store.get()).toMatchObject({ theme: "dark", reducedMotion: "on", tourDone: true, fontSize: 20 });
  });

  it("that are damaged are kept aside and the user is told", async () => {
    const file = join(folder, "settings.json");
    writeFileSync(file, "{ nope");
    const { store, notice } = await SettingsStore.open(file);
    expect(store.get().theme).toBe("system");
    expect(notice).toContain("kept as");
    const [aside, ...others] = readdirSync(folder);
    expect(aside).toMatch(/^settings\.json\.broken-\d+$/);
    expect(others).toEqual([]);
    expect(readFileSync(join(folder, String(aside)), "utf8")).toBe("{ nope");
    // Once: the next start does not find them damaged again.
    expect((await SettingsStore.open(file)).notice).toBeUndefined();
  });

  it("that cannot be saved say so and hold meanwhile", async () => {
    const file = join(folder, "is-a-folder", "settings.json");
    writeFileSync(join(folder, "is-a-folder"), "");
    const { store } = await SettingsStore.open(join(folder, "other.json"));
    expect(store.get().fontSize).toBe(13);
    const blocked = (await SettingsStore.open(file)).store;
    await expect(blocked.update({ fontSize: 20 })).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    expect(blocked.get().fontSize).toBe(20);
    chmodSync(folder, 0o700);
  });
});

describe("window state", () => {
  it("comes back as it was stored, the newest of many writes", async () => {
    const store = new UiStateStore(folder);
    await Promise.all(Array.from({ length: 50 }, (_, index) => store.set("drafts/a.js", { index })));
    expect(await new UiStateStore(folder).get("drafts/a.js")).toEqual({ index: 49 });
  });

  it("is whole on the disk after flushing, also what waited for a write under way", async () => {
    const store = new UiStateStore(folder);
    const written = [1, 2, 3].map((value) => store.set("tabs", value));
    await store.flush();
    expect(JSON.parse(readFileSync(join(folder, "tabs.json"), "utf8"))).toBe(3);
    await Promise.all(written);
  });

  it("is null when there is none or it is damaged", async () => {
    const store = new UiStateStore(folder);
    expect(await store.get("none")).toBeNull();
    writeFileSync(join(folder, "bad.json"), "{");
    expect(await store.get("bad")).toBeNull();
  });

  it("keeps strange keys inside its folder", async () => {
    const store = new UiStateStore(folder);
    await store.set("../../escape", 1);
    expect(await store.get("../../escape")).toBe(1);
    expect(readdirSync(folder)).toEqual([`${encodeURIComponent("../../escape")}.json`]);
  });
});
