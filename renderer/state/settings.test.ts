import { expect, test } from "vitest";
import { settingsSchema } from "../../shared/ipc/app";
import { WorkbenchError } from "../../shared/model/error";
import { createMemoryApi } from "../testing/memory-api";
import { createClient } from "./client";
import { createSettings } from "./settings";

function setup() {
  const api = createMemoryApi();
  const settings = createSettings(createClient(api));
  /** What main holds, told to the window. */
  const tell = (held: object) => api.emit("settings.changed", { settings: settingsSchema.parse(held) });
  return { api, settings, tell, shown: () => settings.store.getState().settings };
}

test("changes are shown at once and stay while main answers one after the other", async () => {
  const { api, settings, tell, shown } = setup();
  const answers: (() => void)[] = [];
  api.answer(
    "app.setSettings",
    (change) => new Promise((resolve) => answers.push(() => resolve(settingsSchema.parse(change)))),
  );
  const changes = [14, 15].map((fontSize) => settings.change({ fontSize }));
  expect(shown().fontSize).toBe(15);
  tell({ fontSize: 14 });
  expect(shown().fontSize).toBe(15);
  for (const answer of answers) answer();
  await Promise.all(changes);
  expect(shown().fontSize).toBe(15);
});

test("a refused change is taken back", async () => {
  const { api, settings, shown } = setup();
  api.answer("app.setSettings", () => {
    throw new WorkbenchError("INVALID_REQUEST", "No.");
  });
  await expect(settings.change({ fontSize: 99 })).rejects.toThrow("No.");
  expect(shown().fontSize).toBe(13);
});

test("a change that cannot be saved holds for now, as the message says", async () => {
  const { api, settings, tell, shown } = setup();
  api.answer("app.setSettings", (change) => {
    tell(change);
    throw new WorkbenchError("STORAGE_UNAVAILABLE", "They hold until the application closes.");
  });
  await expect(settings.change({ theme: "dark" })).rejects.toThrow("hold until");
  expect(shown().theme).toBe("dark");
});
