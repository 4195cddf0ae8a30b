import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { WorkbenchError } from "../../../shared/model/error";
import { createWorkbench } from "../../state/workbench";
import { createMemoryApi } from "../../testing/memory-api";
import { renderIn } from "../../testing/render";
import { registerFiles } from "./feature";
import { FilesView } from "./FilesView";

async function setup() {
  const api = createMemoryApi({ files: { "README.md": "", "scripts/a.js": "1", "scripts/b.js": "2" } });
  const workbench = createWorkbench(api);
  registerFiles(workbench);
  await workbench.workspace.load();
  await workbench.files.load();
  renderIn(workbench, <FilesView />);
  const tree = screen.getByRole("tree", { name: "Files" });
  tree.focus();
  return { api, workbench, tree, user: userEvent.setup() };
}
const names = (tree: HTMLElement) =>
  within(tree)
    .getAllByRole("treeitem")
    .map((item) => item.getAttribute("aria-label"));

describe("the Files tree", () => {
  test("says when the folder of the workspace is gone, and looks again when asked", async () => {
    const { api, workbench, user } = await setup();
    await workbench.documents.open("README.md");
    const isGone = () => {
      throw new WorkbenchError("WORKSPACE_UNAVAILABLE", "The workspace folder does not exist any more.");
    };
    api.answer("files.list", isGone);
    api.answer("files.read", isGone);
    act(() => api.emit("files.changed", { folders: [""], files: ["README.md"] }));
    expect(await screen.findByText("The folder is gone")).toBeDefined();
    expect(screen.queryByText("This folder is empty")).toBeNull();
    await waitFor(() => expect(workbench.documents.get("README.md")?.state).toBe("missing"));
    api.answer("files.list", () => ({ entries: [{ path: "README.md", name: "README.md", kind: "file" }] }));
    await user.click(screen.getByRole("button", { name: "Look again" }));
    expect(await screen.findByRole("treeitem", { name: "README.md" })).toBeDefined();
  });

  test("opens folders when asked, by keyboard", async () => {
    const { tree, user } = await setup();
    expect(names(tree)).toEqual(["scripts", "README.md"]);
    await user.keyboard("{Home}{ArrowRight}");
    await waitFor(() => expect(names(tree)).toEqual(["scripts", "a.js", "b.js", "README.md"]));
    expect(within(tree).getByRole("treeitem", { name: "a.js" })).toHaveProperty("ariaLevel");
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => expect(names(tree)).toEqual(["scripts", "README.md"]));
  });

  test("a folder that gets another name stays open", async () => {
    const { api, workbench, tree, user } = await setup();
    await user.keyboard("{Home}{ArrowRight}");
    await waitFor(() => expect(names(tree)).toContain("a.js"));
    api.answer("files.rename", ({ from, to }) => {
      for (const [path, text] of [...api.files]) {
        if (!path.startsWith(`${from}/`)) continue;
        api.files.delete(path);
        api.files.set(to + path.slice(from.length), text);
      }
      return { updated: [] };
    });
    workbench.files.startNaming({ kind: "rename", path: "scripts" });
    await workbench.files.name("jobs");
    await waitFor(() => expect(names(tree)).toEqual(["jobs", "a.js", "b.js", "README.md"]));
  });

  test("Enter opens a file as a tab that stays, Space as a preview", async () => {
    const { workbench, user } = await setup();
    await user.keyboard("{End} ");
    expect(workbench.tabs.active()).toMatchObject({ id: "script:README.md", preview: true });
    await user.keyboard("{Enter}");
    expect(workbench.tabs.active()).toMatchObject({ id: "script:README.md", preview: false });
  });

  test("F2 renames in place", async () => {
    const { api, tree, user } = await setup();
    await user.keyboard("{End}{F2}");
    const field = screen.getByRole("textbox", { name: "New name of README.md" });
    await user.clear(field);
    await user.type(field, "GUIDE.md{Enter}");
    await waitFor(() => expect(names(tree)).toContain("GUIDE.md"));
    expect([...api.files.keys()]).not.toContain("README.md");
  });

  test("Escape gives up a rename", async () => {
    const { api, user } = await setup();
    await user.keyboard("{End}{F2}");
    await user.type(screen.getByRole("textbox"), "other{Escape}");
    expect([...api.files.keys()]).toContain("README.md");
  });

  test("a new file is named in place and opens", async () => {
    const { api, workbench, user } = await setup();
    workbench.commands.run("file.new");
    await user.type(await screen.findByRole("textbox", { name: "Name of the new file" }), "new.js{Enter}");
    await waitFor(() => expect(workbench.tabs.active()?.id).toBe("script:new.js"));
    expect(api.files.get("new.js")).toBe("");
  });

  test("changes on disk appear by themselves", async () => {
    const { api, tree } = await setup();
    api.writeOnDisk("later.js", "");
    await waitFor(() => expect(names(tree)).toContain("later.js"));
  });

  test("another key ends the name that is being typed", async () => {
    const { workbench, user } = await setup();
    await user.keyboard("scr{ArrowRight}");
    await screen.findByRole("treeitem", { name: "b.js" });
    await user.keyboard("b");
    expect(workbench.files.store.getState().selected).toBe("scripts/b.js");
  });

  test("the menu key opens the menu of the selected row", async () => {
    const { tree, user } = await setup();
    await user.keyboard("{End}");
    fireEvent.contextMenu(tree, { button: 0 });
    expect(await screen.findByRole("menuitem", { name: "Show in the file manager" })).toBeDefined();
  });

  test("typing the beginning of a name selects it", async () => {
    const { workbench, user } = await setup();
    await user.keyboard("rea");
    expect(workbench.files.store.getState().selected).toBe("README.md");
  });
});

test("deleting asks once, moves to the trash and can be undone", async () => {
  const api = createMemoryApi({ files: { "a.js": "1" } });
  const workbench = createWorkbench(api);
  await workbench.files.load();
  await workbench.files.trash("a.js");
  expect(api.files.has("a.js")).toBe(false);
  const notice = workbench.notices.store.getState().notices.at(-1);
  notice?.action?.run();
  await waitFor(() => expect(api.files.get("a.js")).toBe("1"));
});
