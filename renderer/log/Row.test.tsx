import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import type { ConsolePayload } from "../../shared/model/event";
import type { ExecutionId } from "../../shared/model/ids";
import { createWorkbench } from "../state/workbench";
import { eventRow } from "../state/consoleRows";
import { createMemoryApi } from "../testing/memory-api";
import { renderIn } from "../testing/render";
import { Row } from "./Row";
import { treeStore } from "./treeState";

beforeEach(() => treeStore.setState({ nodes: {}, getters: {}, whole: new Set() }));

function show(payload: Partial<ConsolePayload>, query = "") {
  const row = eventRow("e1" as ExecutionId, {
    type: "console",
    seq: 1,
    ts: 1,
    payload: { level: "log", method: "log", text: "", ...payload },
  });
  const { container } = renderIn(
    createWorkbench(createMemoryApi({ files: {} })),
    <Row row={row} sessionId={undefined} query={query} folded={new Set()} onToggleGroup={undefined} />,
  );
  return { container, user: userEvent.setup() };
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join("\n");

describe("what would fill the log", () => {
  test("a text of many lines is shown by its beginning, and whole when asked for", async () => {
    const { container, user } = show({ text: lines(1000) });
    expect(container.textContent).not.toContain("line 26");
    await user.click(screen.getByRole("button", { name: "Show 975 more lines" }));
    expect(container.textContent).toContain("line 1000");
    await user.click(screen.getByRole("button", { name: "Show less" }));
    expect(container.textContent).not.toContain("line 26");
  });

  test("a text of one long line too", async () => {
    const { container, user } = show({ text: `${"x".repeat(1_000_000)}!` });
    expect(container.textContent.length).toBeLessThan(6000);
    await user.click(screen.getByRole("button", { name: "Show 995,001 more characters" }));
    expect(container.textContent).toContain("x!");
  });

  test("a text of usual length is whole", () => {
    const { container } = show({ text: lines(28) });
    expect(container.textContent).toContain("line 28");
    expect(screen.queryByRole("button")).toBeNull();
  });

  test("a search shows what it finds", () => {
    const { container } = show({ text: lines(1000) }, "line 999");
    expect(container.querySelector("mark")?.textContent).toBe("line 999");
  });

  test("an object with many properties says how much more it has", () => {
    const preview = lines(1000);
    const { container } = show({ text: preview, args: [{ type: "object", preview, objectId: "o1" }] });
    expect(container.textContent).toContain("line 25\n… 975 more lines");
    expect(container.textContent).not.toContain("line 26");
  });

  test("a table of many rows shows the first", async () => {
    const { user } = show({
      table: { columns: ["i"], rows: Array.from({ length: 500 }, (_, index) => [String(index)]) },
    });
    expect(screen.getAllByRole("row")).toHaveLength(51);
    await user.click(screen.getByRole("button", { name: "Show 450 more rows" }));
    expect(screen.getAllByRole("row")).toHaveLength(501);
  });
});

describe("the escape sequences of terminals", () => {
  const text = "\u001b[31mred\u001b[0m \u001b[1;38;5;208mbold at a.js:1:2\u001b[0m \u001b[2Kplain";

  test("colour the text, and are not seen", () => {
    const { container } = show({ text });
    expect(container.textContent).toBe("red bold at a.js:1:2 plain");
    expect(screen.getByText("red").style.color).toBe("var(--ansi-red)");
    expect(screen.getByText(/^bold/).style).toMatchObject({
      fontWeight: "700",
      color: "rgb(255, 135, 0)",
    });
    expect(screen.getByRole("button", { name: "a.js:1:2" })).toBeDefined();
  });

  test("do not keep a search from its hits", () => {
    const { container } = show({ text }, "red bold");
    expect(container.querySelector("mark")?.textContent).toBe("red bold");
  });
});
