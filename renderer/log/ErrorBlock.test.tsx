import { act, screen, waitFor } from "@testing-library/react";
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

describe("a module that was not found", () => {
  const missing: ExecutionError = {
    code: "MODULE_NOT_FOUND",
    name: "Error",
    message: 'Cannot find the module "./utl.js". Did you mean "./util.js"?',
    location: { path: "lib/a.js", line: 2, column: 11 },
    details: { module: "./utl.js", looked: ["lib/utl.js"], nearest: "./util.js" },
  };
  const before = '// require("./utl.js")\nconst u = require("./utl.js");\nrequire("./utl.js");\n';

  test("changes into the near one with one click, where the error is, and shows it", async () => {
    const { workbench, user } = setup(missing, { files: { "lib/a.js": before } });
    await user.click(screen.getByRole("button", { name: "Change to “./util.js”" }));
    await waitFor(() =>
      expect(workbench.documents.get("lib/a.js")?.text).toBe(
        '// require("./utl.js")\nconst u = require("./util.js");\nrequire("./utl.js");\n',
      ),
    );
    expect(workbench.reveal.store.getState().place).toEqual({ path: "lib/a.js", line: 2, column: 20 });
  });

  test("says what was done once it is, and offers it again when that is taken back", async () => {
    const { workbench, user } = setup(missing, { files: { "lib/a.js": 'require("./utl.js");' } });
    await user.click(screen.getByRole("button", { name: "Change to “./util.js”" }));
    expect(await screen.findByText("Changed to “./util.js” in lib/a.js. Run it again.")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Change to/ })).toBeNull();
    act(() => workbench.documents.edit("lib/a.js", 'require("./utl.js");'));
    expect(screen.getByRole("button", { name: "Change to “./util.js”" })).toBeDefined();
    act(() => workbench.documents.edit("lib/a.js", "1;"));
    expect(screen.getByText("lib/a.js has changed since. Run it again.")).toBeDefined();
  });

  test("is left alone where the script does not load it any more", async () => {
    const { workbench, user } = setup(missing, { files: { "lib/a.js": "const u = 1;" } });
    await user.click(screen.getByRole("button", { name: "Change to “./util.js”" }));
    await waitFor(() => expect(workbench.notices.store.getState().notices).toHaveLength(1));
    expect(workbench.documents.get("lib/a.js")?.text).toBe("const u = 1;");
  });

  test("is not offered for typed code, nor without a near one", () => {
    setup({ ...missing, location: { path: "repl:1", line: 1, column: 1 } });
    setup({ ...missing, details: { module: "./utl.js", looked: [] } });
    expect(screen.queryByRole("button", { name: /^Change to/ })).toBeNull();
  });
});
