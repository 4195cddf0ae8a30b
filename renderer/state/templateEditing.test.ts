import { describe, expect, test, vi } from "vitest";
import { WorkbenchError } from "../../shared/model/error";
import { templateSchema } from "../../shared/model/template";
import { createMemoryApi, hashOf, makeEntry, makeTemplate } from "../testing/memory-api";
import { createClient } from "./client";
import { createDocuments, isDirty } from "./documents";
import { createNotices } from "./notices";
import { createPersistence } from "./persist";
import { createTemplateEditing, templatePath } from "./templateEditing";
import { createTemplates } from "./templates";

const FILE = "reports.template.json";
const PATH = templatePath(FILE);

function setup() {
  const source = JSON.stringify(makeTemplate("Reports"), null, 2);
  const api = createMemoryApi({ files: { [PATH]: source } });
  api.answer("templates.check", ({ source: text }) => {
    const parsed = templateSchema.safeParse(JSON.parse(text));
    return { problems: [], remarks: [], effects: [parsed.success ? parsed.data.name : "broken"] };
  });
  api.answer("templates.suggest", () => ({ missing: [{ module: "yaml", scripts: ["a.js"] }], unused: [] }));
  api.answer("templates.save", ({ source: text, expectedHash }) => {
    const disk = api.files.get(PATH);
    if (expectedHash !== (disk === undefined ? "" : hashOf(disk)))
      throw new WorkbenchError("TEMPLATE_CONFLICT", "It changed on the disk.");
    api.files.set(PATH, text);
    return {
      entry: { ...makeEntry(templateSchema.parse(JSON.parse(text))), source: text, hash: hashOf(text) },
    };
  });
  const client = createClient(api);
  const documents = createDocuments(client, createPersistence(client));
  const notices = createNotices();
  const templates = createTemplates(client, notices);
  const editing = createTemplateEditing({ client, documents, templates, fail: notices.fail });
  const open = async () => {
    const end = editing.watch(FILE);
    await vi.waitFor(() => expect(editing.store.getState().checks[FILE]).toBeDefined());
    return end;
  };
  return { api, documents, editing, notices, open, source };
}

describe("editing a template", () => {
  test("a change of the form is a change of the text, and only of its place", async () => {
    const { documents, editing, open, source } = setup();
    await open();
    editing.change(FILE, [{ path: ["limits", "cpuMs"], value: 100 }]);
    expect(documents.get(PATH)?.text).toBe(source.replace('"cpuMs": 2000', '"cpuMs": 100'));
  });

  test("the newest text is checked; answers about older ones are dropped", async () => {
    const { api, editing, open } = setup();
    await open();
    editing.change(FILE, [{ path: ["name"], value: "A" }]);
    editing.change(FILE, [{ path: ["name"], value: "AB" }]);
    await vi.waitFor(() => expect(editing.store.getState().checks[FILE]?.effects).toEqual(["AB"]));
    const checked = api.calls.filter((call) => call.name === "templates.check");
    expect(checked).toHaveLength(2);
  });

  test("says which modules the workspace's scripts need and the template lacks", async () => {
    const { editing, open } = setup();
    await open();
    await vi.waitFor(() =>
      expect(editing.store.getState().suggestions[FILE]?.missing[0]?.module).toBe("yaml"),
    );
  });

  test("saving stores the text and leaves it clean", async () => {
    const { api, documents, editing, open } = setup();
    await open();
    editing.change(FILE, [{ path: ["description"], value: "For Monday" }]);
    expect(isDirty(documents.get(PATH))).toBe(true);
    expect(await editing.save(FILE)).toBe("saved");
    expect(api.files.get(PATH)).toContain("For Monday");
    expect(isDirty(documents.get(PATH))).toBe(false);
  });

  test("a template that changed on disk meanwhile is not overwritten: both texts are kept for the user to decide", async () => {
    const { api, documents, editing, open, source } = setup();
    await open();
    editing.change(FILE, [{ path: ["description"], value: "mine" }]);
    // Nobody tells the window about this one.
    api.files.set(PATH, source.replace("Reports", "Theirs"));
    expect(await editing.save(FILE)).toBe("conflict");
    expect(documents.get(PATH)?.conflict?.text).toContain("Theirs");
    expect(documents.get(PATH)?.text).toContain("mine");

    await editing.resolve(FILE, "mine");
    expect(api.files.get(PATH)).toContain("mine");
    expect(documents.get(PATH)?.conflict).toBeNull();
  });

  test("what does not validate is refused with its reason, and the text stays", async () => {
    const { api, documents, editing, open } = setup();
    await open();
    api.answer("templates.save", () => {
      throw new WorkbenchError("TEMPLATE_INVALID", "limits.cpuMs: too small");
    });
    editing.change(FILE, [{ path: ["limits", "cpuMs"], value: 1 }]);
    await expect(editing.save(FILE)).rejects.toThrow("limits.cpuMs: too small");
    expect(documents.get(PATH)?.text).toContain('"cpuMs": 1');
  });

  test("typing in one field is one step of the undo history, another field the next", async () => {
    const { editing, open } = setup();
    await open();
    const steps: boolean[] = [];
    editing.attach(FILE, { apply: (_edit, isNewStep) => steps.push(isNewStep), undo() {}, redo() {} });
    editing.change(FILE, [{ path: ["name"], value: "R" }], "name");
    editing.change(FILE, [{ path: ["name"], value: "Re" }], "name");
    editing.change(FILE, [{ path: ["description"], value: "x" }], "description");
    expect(steps).toEqual([true, false, true]);
  });

  test("a file that was made read-only meanwhile is refused, and the list learns it", async () => {
    const { api, documents, editing, open } = setup();
    await open();
    api.answer("templates.save", () => {
      throw new WorkbenchError("PERMISSION_DENIED", "It is read-only.");
    });
    editing.change(FILE, [{ path: ["name"], value: "Mine" }]);
    const listed = () => api.calls.filter((call) => call.name === "templates.list").length;
    const before = listed();
    await expect(editing.save(FILE)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    expect(listed()).toBe(before + 1);
    expect(isDirty(documents.get(PATH))).toBe(true);
  });
});
