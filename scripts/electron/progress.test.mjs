import { describe, expect, it } from "vitest";
import { createProgress } from "./progress.mjs";

/** @param {boolean} isTTY */
function fakeTerminal(isTTY) {
  /** @type {string[]} */
  const written = [];
  const terminal = /** @type {NodeJS.WriteStream} */ (
    /** @type {unknown} */ ({ isTTY, write: (/** @type {string} */ text) => written.push(text) })
  );
  return { terminal, written };
}

describe("progress in a log", () => {
  it("is a line every ten per cent", () => {
    /** @type {string[]} */
    const lines = [];
    const { terminal } = fakeTerminal(false);
    const progress = createProgress({
      label: "Downloading:",
      total: 200_000_000,
      log: (l) => lines.push(l),
      terminal,
    });
    for (let done = 0; done <= 200_000_000; done += 1_000_000) progress.update(done);
    progress.end();
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe("Downloading: 10 % (20 MB of 200 MB)");
    expect(lines.at(-1)).toBe("Downloading: 100 % (200 MB of 200 MB)");
  });

  it("counts megabytes while the size is unknown", () => {
    /** @type {string[]} */
    const lines = [];
    const { terminal } = fakeTerminal(false);
    const progress = createProgress({ label: "Downloading:", total: 0, log: (l) => lines.push(l), terminal });
    progress.update(25_000_000);
    expect(lines).toEqual(["Downloading: 25 MB"]);
  });
});

describe("progress on a terminal", () => {
  it("rewrites one line and clears it at the end", () => {
    const { terminal, written } = fakeTerminal(true);
    const progress = createProgress({ label: "Downloading:", total: 10_000_000, log() {}, terminal });
    progress.update(5_000_000);
    progress.end();
    expect(written.join("")).not.toContain("\n");
    expect(written.at(-1)).toBe("\r\u001b[2K");
  });
});
