import { describe, expect, it } from "vitest";
import { refusalReason } from "./sender";

const trusted = { origin: "workbench://app", isOurWindow: (id: number) => id === 1 };
const ours = { id: 1, isDestroyed: () => false };
const page = { url: "workbench://app/index.html", parent: null };

describe("who may call", () => {
  it("lets our main frame on our origin call", () => {
    expect(refusalReason(page, ours, trusted)).toBeUndefined();
  });

  it.each([
    ["an unknown window", page, { id: 2, isDestroyed: () => false }],
    ["a destroyed sender", page, { id: 1, isDestroyed: () => true }],
    ["a frame that is gone", null, ours],
    ["a sub-frame", { ...page, parent: page }, ours],
    ["another origin", { ...page, url: "https://example.com/" }, ours],
    ["an origin that only begins like ours", { ...page, url: "workbench://app.example.com/" }, ours],
    ["a file", { ...page, url: "file:///index.html" }, ours],
    ["an empty page", { ...page, url: "about:blank" }, ours],
  ])("refuses %s", (_what, frame, contents) => {
    expect(refusalReason(frame, contents, trusted)).toEqual(expect.any(String));
  });
});
