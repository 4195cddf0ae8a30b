import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { templateSchema } from "../../../shared/model/template";
import { createMemoryApi, makeTemplate } from "../../testing/memory-api";
import { renderIn } from "../../testing/render";
import { createWorkbench } from "../../state/workbench";
import { FormFace } from "./FormFace";
import { StateBars } from "./StateBars";
import { useTemplateDocument, useTemplateForm } from "./useTemplate";

const FILE = "reports.template.json";

function Harness() {
  const document = useTemplateDocument(FILE);
  const form = useTemplateForm(FILE, document.text, document.check, false);
  return (
    <>
      <StateBars file={FILE} document={document} entry={undefined} form={form} isReadOnly={false} />
      {document.status === "ready" && <FormFace form={form} />}
    </>
  );
}

async function open(text: string) {
  const api = createMemoryApi({ files: { [`templates/${FILE}`]: text, "scripts/setup.js": "" } });
  api.answer("templates.check", ({ source }) => {
    const nothing = { remarks: [], effects: [] };
    try {
      const raw = JSON.parse(source) as { modules?: object };
      const builtins = ["JSON", "Math"].filter((name) => Object.hasOwn(raw.modules ?? {}, name));
      const parsed = templateSchema.safeParse(raw);
      return {
        ...nothing,
        problems: [
          ...builtins.map((name) => ({
            path: ["modules", name],
            error: {
              code: "MODULE_NOT_ALLOWED" as const,
              message: `${name} is a built-in.`,
              details: { reason: "builtin" },
            },
          })),
          ...(parsed.success ? [] : parsed.error.issues).map((issue) => ({
            path: issue.path.map((key) => (typeof key === "number" ? key : String(key))),
            error: {
              code: "VALIDATION_ERROR" as const,
              message: `${issue.path.join(".")}: ${issue.message}`,
            },
          })),
        ],
      };
    } catch {
      return {
        ...nothing,
        problems: [
          {
            path: [],
            line: 1,
            column: 3,
            error: { code: "TEMPLATE_INVALID" as const, message: "Line 1: not JSON." },
          },
        ],
      };
    }
  });
  api.answer("templates.suggest", () => ({ missing: [], unused: [] }));
  api.answer("modules.describe", () => ({ effects: [], remarks: [], problems: [] }));
  const workbench = createWorkbench(api);
  await workbench.files.load();
  renderIn(workbench, <Harness />);
  await waitFor(() => expect(workbench.templateEditing.store.getState().checks[FILE]).toBeDefined());
  await screen.findByRole("navigation", { name: "Sections" });
  const value = () => JSON.parse(workbench.templateEditing.textOf(FILE) ?? "") as Record<string, unknown>;
  return { workbench, value, user: userEvent.setup() };
}

describe("the form of a template", () => {
  test("typing in a field types into the text, and clearing a limit back to its default takes it out", async () => {
    const { user, value } = await open(JSON.stringify(makeTemplate("Reports"), null, 2));
    await user.type(screen.getByRole("textbox", { name: "Description" }), "For Monday");
    expect(value()["description"]).toBe("For Monday");
    await user.click(screen.getByRole("button", { name: "Reset the limit Memory to its default" }));
    expect(value()["limits"]).not.toHaveProperty("memoryMb");
    expect(screen.getByRole("textbox", { name: "Memory" })).toHaveProperty("value", "128");
  });

  test("what is no number is kept as it was typed and named at its field", async () => {
    const { user, value } = await open(JSON.stringify(makeTemplate("Reports"), null, 2));
    const field = screen.getByRole("textbox", { name: "Memory" });
    await user.clear(field);
    await user.type(field, "lots");
    expect(value()["limits"]).toMatchObject({ memoryMb: "lots" });
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
  });

  test("built-ins are taken out in one step, everything else stays", async () => {
    const { user, value } = await open(
      '{ "name": "Old", "modules": { "JSON": {}, "yaml": {}, "Math": {} } }',
    );
    await user.click(await screen.findByRole("button", { name: "Remove the 2 built-ins" }));
    expect(value()).toEqual({ name: "Old", modules: { yaml: {} } });
  });

  test("a text that is not JSON cannot be changed by the form", async () => {
    await open('{ "name": "Half", ');
    expect(screen.getByRole("alert").textContent).toContain("not JSON");
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveProperty("disabled", true);
    expect(screen.getByRole("button", { name: "Add module" })).toHaveProperty("disabled", true);
  });

  test("startup files are reordered with Alt and the arrow keys", async () => {
    const start = {
      ...makeTemplate("Reports"),
      startup: [
        { path: "a.js", mode: "eval" },
        { path: "b.js", mode: "import" },
      ],
    };
    const { user, value } = await open(JSON.stringify(start, null, 2));
    const list = screen.getByRole("list", { name: "Startup files of this template" });
    within(list).getByRole("listitem", { name: "2. b.js" }).focus();
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(value()["startup"]).toEqual([
      { path: "b.js", mode: "import" },
      { path: "a.js", mode: "eval" },
    ]);
  });

  test("a module is removed by the button that names it", async () => {
    const { user, value } = await open(
      JSON.stringify(makeTemplate("Reports", { fs: {}, yaml: {} }), null, 2),
    );
    await user.click(screen.getByRole("button", { name: "Remove fs" }));
    expect(value()["modules"]).toEqual({ yaml: {} });
  });
});

describe("identity", () => {
  test("a text without a name and an id shows neither, and writes an id only when one is typed", async () => {
    const { user, value } = await open('{\n  "modules": {}\n}\n');
    const box = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
    expect([box("Name").value, box("Id").value]).toEqual(["", ""]);
    await user.type(box("Id"), "0a7d7c52");
    expect(value()).toEqual({ modules: {}, id: "0a7d7c52" });
    await waitFor(() => expect(box("Id").getAttribute("aria-invalid")).toBe("true"));
    await user.clear(box("Id"));
    expect(value()).toEqual({ modules: {} });
  });
});
