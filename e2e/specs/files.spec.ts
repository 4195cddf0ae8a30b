import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Home } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";
import { FilesPage } from "../pages/files-page";

async function open(home: Home) {
  const { page } = await home.launch();
  return { page, files: new FilesPage(page), editor: new EditorPage(page) };
}
const inWorkspace = (home: Home, path: string) => join(home.workspace, ...path.split("/"));
const read = (home: Home, path: string) => readFileSync(inWorkspace(home, path), "utf8");

test.describe("Files", () => {
  test("new files and folders are named in place, and what appears on disk appears here", async ({
    home,
  }) => {
    const { page, files, editor } = await open(home);
    await files.item("README.md").click();
    await page.getByRole("button", { name: "New folder" }).click();
    await files.name("Name of the new folder", "notes");
    await expect(files.item("notes")).toBeVisible();
    await files.act("notes", "New file…");
    await files.name("Name of the new file", "first.js");
    await expect(editor.tab("first.js")).toHaveAttribute("aria-selected", "true");
    expect(read(home, "notes/first.js")).toBe("");

    await page.getByRole("button", { name: "New file" }).click();
    await page.getByRole("textbox", { name: "Name of the new file" }).fill("given-up.js");
    await page.keyboard.press("Escape");
    await expect(files.item("given-up.js")).toHaveCount(0);

    writeFileSync(inWorkspace(home, "notes/from-elsewhere.txt"), "hello");
    await expect(files.item("from-elsewhere.txt")).toBeVisible();
  });

  test("renaming and moving a script updates the requires of others, and its open tab", async ({ home }) => {
    const { page, files, editor } = await open(home);
    await files.expand("lib");
    await files.item("access-log.js").dblclick();
    await files.item("access-log.js").press("F2");
    await files.name("New name of access-log.js", "web-log.js");
    await expect(editor.tab("web-log.js")).toBeVisible();
    await expect(page.getByRole("region", { name: /^Notices/ })).toContainText(
      "Updated the requires in 2 scripts.",
    );
    for (const script of ["scripts/report.js", "scripts/find-requests.js"])
      await expect.poll(() => read(home, script)).toContain('require("../lib/web-log")');

    await files.expand("scripts");
    await files.item("web-log.js").dragTo(files.item("scripts"));
    await expect.poll(() => existsSync(inWorkspace(home, "scripts/web-log.js"))).toBe(true);
    await expect.poll(() => read(home, "scripts/report.js")).toContain('require("./web-log")');
  });

  test("deleting asks once, goes to the trash and can be undone", async ({ home }) => {
    const { page, files } = await open(home);
    await files.expand("scripts");
    await files.item("hello.js").click();
    await page.keyboard.press("Delete");
    const question = page.getByRole("alertdialog", { name: "Move hello.js to the trash?" });
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(existsSync(inWorkspace(home, "scripts/hello.js"))).toBe(true);

    // The focus is back where it was.
    await expect(files.tree).toBeFocused();
    await page.keyboard.press("Delete");
    await question.getByRole("button", { name: "Move to trash" }).click();
    await expect(files.item("hello.js")).toHaveCount(0);
    expect(existsSync(inWorkspace(home, "scripts/hello.js"))).toBe(false);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(files.item("hello.js")).toBeVisible();
    expect(read(home, "scripts/hello.js")).toContain("Hello from QuickJS");
  });

  test("the tree goes by keyboard and holds thousands of files", async ({ home }) => {
    mkdirSync(inWorkspace(home, "many"));
    for (let index = 0; index < 3000; index += 1)
      writeFileSync(inWorkspace(home, `many/file-${String(index).padStart(4, "0")}.js`), "");
    const { page, files, editor } = await open(home);
    await files.tree.focus();
    await page.keyboard.type("many");
    await page.keyboard.press("ArrowRight");
    await expect(files.item("file-0000.js")).toBeVisible();
    expect(await files.tree.getByRole("treeitem").count()).toBeLessThan(200);
    await page.keyboard.type("file-2");
    await expect(files.item("file-2000.js")).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(editor.tab("file-2000.js")).toBeVisible();
    await files.tree.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(files.item("many")).toHaveAttribute("aria-expanded", "false");
  });
});
