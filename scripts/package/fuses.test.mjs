import { describe, expect, it } from "vitest";
import { releaseFuses, wrongFuses } from "./fuses.mjs";

describe("the fuses of a release", () => {
  it("are right when all are as promised, whatever else there is", () => {
    expect(wrongFuses({ ...releaseFuses, EnableCookieEncryption: "off" })).toEqual([]);
  });

  it("are wrong when one differs or is missing", () => {
    const read = { ...releaseFuses, RunAsNode: /** @type {const} */ ("on") };
    delete (/** @type {Record<string, unknown>} */ (read).OnlyLoadAppFromAsar);
    expect(wrongFuses(read)).toEqual([
      "The fuse RunAsNode is on and must be off.",
      "The fuse OnlyLoadAppFromAsar is missing and must be on.",
    ]);
  });
});
