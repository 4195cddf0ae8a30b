import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import type { ExecutionError } from "../../shared/model/event";
import { createWorkbench } from "../state/workbench";
import { createMemoryApi } from "../testing/memory-api";
import { renderIn } from "../testing/render";
import { ErrorBlock } from "./ErrorBlock";

const HINT = "A thrown value that is no Error carries no place.";

function setup(error: ExecutionError, { query = "", files = {} }: { query?: string; files?: object } = {}) {
  const api = createMemoryApi({ files: { ...files } });
  const workbench = createWorkbench(api);
  const { container } = renderIn(
    workbench,
    <ErrorBlock error={error} query={query} sessionId={undefined} treeKey={crypto.randomUUID()} />,
  );
  return { api, workbench, container, user: userEvent.setup() };
}

describe("something thrown that is no error", () => {
  const thrown: ExecutionError = {
    name: "Uncaught",
    message: "{ a: 1 }",
    hint: HINT,
    value: {
      type: "object",
      preview: "{ a: 1 }",
      objectId: "o1",
      properties: [
        { name: "a", kind: "property", enumerable: true, value: { type: "number", preview: "1" } },
      ],
    },
  };

  test("shows its value once, and the hint why it has no place", () => {
    const { container } = setup({
      name: "Uncaught",
      message: "x",
      hint: HINT,
      value: { type: "string", preview: "'x'" },
    });
    expect(container.textContent).toBe(`Uncaught 'x'${HINT}`);
  });

  test("an object is a tree that opens where it is named", async () => {
    const { container, user } = setup(thrown);
    expect(container.textContent).toBe(`Uncaught { a: 1 }${HINT}`);
    await user.click(screen.getByRole("button", { name: "{ a: 1 }", expanded: false }));
    expect((await screen.findByRole("group")).textContent).toBe("a: 1");
  });

  test("a search marks its hits in it", () => {
    const { container } = setup(thrown, { query: "a: 1" });
    expect(container.querySelector("mark")?.textContent).toBe("a: 1");
  });
});
