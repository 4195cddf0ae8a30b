import { expect, test, vi } from "vitest";
import type { WorkbenchBridge } from "../../shared/ipc/contract";
import { openBridge } from "./bridge";

test("answers and events cross as text and arrive as values", async () => {
  let tell: (payload: string) => void = () => undefined;
  const end = vi.fn();
  const bridge: WorkbenchBridge = {
    request: async () => '{"ok":true,"value":{"value":[1,"two"]}}',
    on: (_name, listener) => {
      tell = listener;
      return end;
    },
  };
  const api = openBridge(bridge);
  expect(await api.request("app.getState", { key: "a" })).toEqual({ ok: true, value: { value: [1, "two"] } });
  const listener = vi.fn();
  const stop = api.on("app.command", listener);
  tell('{"command":"file.save"}');
  expect(listener).toHaveBeenCalledExactlyOnceWith({ command: "file.save" });
  stop();
  expect(end).toHaveBeenCalledOnce();
});
