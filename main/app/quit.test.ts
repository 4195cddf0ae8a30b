import { EventEmitter } from "node:events";
import type { App } from "electron";
import { describe, expect, it, vi } from "vitest";
import { quitGracefully } from "./quit";

/** The part of Electron's app that quitting uses: `quit` asks the listeners, who may refuse. */
function fakeApp() {
  const app = new EventEmitter() as EventEmitter & { quit(): void };
  const quits: boolean[] = [];
  app.quit = () => {
    let isPrevented = false;
    app.emit("before-quit", { preventDefault: () => (isPrevented = true) });
    quits.push(!isPrevented);
  };
  return { app: app as unknown as App, quits };
}

describe("quitting", () => {
  it("waits until everything is written", async () => {
    const { app, quits } = fakeApp();
    const closing = deferred();
    quitGracefully(app, () => closing.promise, vi.fn());
    app.quit();
    app.quit();
    expect(quits).toEqual([false, false]);
    closing.resolve();
    await vi.waitFor(() => expect(quits).toEqual([false, false, true]));
  });

  it("does not wait for ever", async () => {
    vi.useFakeTimers();
    try {
      const { app, quits } = fakeApp();
      const log = vi.fn();
      quitGracefully(app, () => new Promise(() => undefined), log);
      app.quit();
      await vi.advanceTimersByTimeAsync(5000);
      expect(quits).toEqual([false, true]);
      expect(log).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  it("ends also when closing fails, and says so in the log", async () => {
    const { app, quits } = fakeApp();
    const log = vi.fn();
    quitGracefully(app, () => Promise.reject(new Error("disk full")), log);
    app.quit();
    await vi.waitFor(() => expect(quits).toEqual([false, true]));
    expect(log).toHaveBeenCalledWith("Closing failed", expect.any(Error));
  });
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
