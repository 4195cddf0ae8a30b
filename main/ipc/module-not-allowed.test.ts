import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IpcInput, IpcRequestName } from "../../shared/ipc/contract";
import { changeJson } from "../../shared/model/json-change";
import { CliWorkspace } from "../cli/testing/run-cli";
import { openWorkbench, type Workbench } from "../core/workbench";
import { builtinName } from "../modules/builtins";
import type { HandlerContext } from "./handlers/context";
import { createHandlers } from "./handlers";
import { dispatch } from "./router";

/* A template lists registrable modules only: anything else is refused with one code by every way in. */

const NAMES = [
  "json",
  "JSON",
  " json ",
  " Math ",
  "console",
  "promise",
  "array",
  "Date",
  "nonsense",
  "yml",
  "FS",
  "",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
];
const ID = "6f1c7d3e-58b5-4a3c-9d26-0d9f7c1f0a01";
const SAVED = `${JSON.stringify({ id: ID, name: "T", modules: { yaml: {} } }, null, 2)}\n`;
/** By hand, because an object literal would make a prototype of `__proto__`. */
const listing = (name: string, more = "") => `{"name":"New"${more},"modules":{${JSON.stringify(name)}:{}}}`;

let place: CliWorkspace;
let workbench: Workbench;
beforeAll(() => {
  place = new CliWorkspace();
  mkdirSync(join(place.root, "templates"));
  place.write("templates/t.template.json", SAVED);
  workbench = openWorkbench({ workspaceRoot: place.root, dataDir: join(place.base, "data") });
});
afterAll(async () => {
  await workbench.close();
  place.dispose();
});

/** What the page gets for a request. */
async function ask<Name extends IpcRequestName>(name: Name, input: IpcInput<Name>): Promise<unknown> {
  const context = { current: { workbench: () => workbench } } as unknown as HandlerContext;
  return dispatch(createHandlers(context), name, input, () => undefined);
}
const refusal = { ok: false, error: { code: "MODULE_NOT_ALLOWED" } };
const problems = [
  expect.objectContaining({ error: expect.objectContaining({ code: "MODULE_NOT_ALLOWED" }) }),
];

/** The ways in; each must refuse the name, and none may store anything. */
const WAYS: readonly (readonly [way: string, refuses: (name: string) => Promise<void>])[] = [
  [
    "a file",
    async (name) => {
      place.write("templates/new.template.json", listing(name));
      try {
        expect(await workbench.templates.find("New")).toMatchObject({ state: "broken", problems });
        const ref = { file: "new.template.json" };
        await expect(workbench.templates.resolve(ref)).rejects.toMatchObject({ code: "MODULE_NOT_ALLOWED" });
        expect(await ask("sessions.create", { template: ref })).toMatchObject(refusal);
        await workbench.templates.delete("new.template.json");
      } finally {
        expect(existsSync(join(place.root, "templates", "new.template.json"))).toBe(false);
      }
    },
  ],
  [
    "the form",
    async (name) => {
      const { hash } = await workbench.templates.get("t.template.json");
      const source = changeJson(SAVED, [{ path: ["modules", name], value: {} }]);
      expect(source).not.toBe(SAVED);
      expect(await ask("templates.check", { source, file: "t.template.json" })).toMatchObject({
        ok: true,
        value: { problems },
      });
      const save = { file: "t.template.json", source, expectedHash: hash };
      expect(await ask("templates.save", save)).toMatchObject(refusal);
      expect(await ask("sessions.create", { template: { source } })).toMatchObject(refusal);
    },
  ],
  [
    "IPC",
    async (name) => {
      const file = "t.template.json";
      expect(await ask("templates.addModule", { file, module: name })).toMatchObject(refusal);
      expect(await ask("modules.describe", { module: name, config: {} })).toMatchObject({
        ok: true,
        value: { effects: [], problems: [expect.anything()] },
      });
    },
  ],
  [
    "the command line",
    async (name) => {
      const added = await place.run(["template", "add-module", "T", name]);
      expect([added.code, added.stderr]).toEqual([2, expect.stringContaining("MODULE_NOT_ALLOWED")]);
      place.write("draft.template.json", listing(name));
      const run = await place.run(["eval", "1", "--template", "./draft.template.json"]);
      expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("MODULE_NOT_ALLOWED")]);
    },
  ],
  [
    "an import",
    async (name) => {
      const older = `{"name":"New","exposed_modules":[${JSON.stringify(name)}]}`;
      const bundle = `{"format":"vm-workbench-templates","version":1,"templates":[{"file":"n","template":${listing(name)}}]}`;
      for (const text of [listing(name), bundle, older]) {
        const preview = await ask("templates.previewImport", { text });
        // A built-in needs no entry: it goes and the report says so, before anything is written.
        if (builtinName(name) !== undefined) {
          const item = {
            template: { modules: {} },
            migration: expect.arrayContaining([
              expect.stringContaining(`modules: "${name}" removed (MODULE_NOT_ALLOWED)`),
            ]),
          };
          expect(preview).toMatchObject({ ok: true, value: { items: [item] } });
          continue;
        }
        expect(preview).toMatchObject({ ok: true, value: { items: [{ problems }] } });
        const choices = [{ name: "New", action: "add" as const }];
        expect(await ask("templates.import", { text, choices })).toMatchObject(refusal);
      }
    },
  ],
];

describe.each(WAYS)("by %s", (_way, refuses) => {
  test.each(NAMES)("%j is refused and nothing is stored", async (name) => {
    await refuses(name);
    expect(readdirSync(join(place.root, "templates"))).toEqual(["t.template.json"]);
    expect(readFileSync(join(place.root, "templates", "t.template.json"), "utf8")).toBe(SAVED);
  });
});
