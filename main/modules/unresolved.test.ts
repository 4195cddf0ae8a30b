import { describe, expect, test } from "vitest";
import { NO_TEMPLATE } from "../../shared/model/no-template";
import { INSTEAD } from "./node-modules";
import { registry } from "./registry";
import { unresolvedError } from "./unresolved";

const known = { template: { id: "1", name: "Reports" }, looked: [], names: ["fs", "yaml", "lodash"] };

describe("what a failed require is told", () => {
  test("a built-in needs no require", () => {
    expect(unresolvedError("json", known)).toMatchObject({
      code: "MODULE_NOT_FOUND",
      message: "JSON is a JavaScript built-in: it is always available and needs no require.",
    });
  });

  test("a registrable module that the template lacks can be enabled", () => {
    expect(unresolvedError("node:fs", { ...known, module: "fs" })).toMatchObject({
      code: "MODULE_NOT_ENABLED",
      message:
        'fs is not enabled in the template "Reports". Enable it there (Modules › fs) or run: vm-workbench template add-module Reports fs',
      details: {
        module: "fs",
        template: "Reports",
        command: "vm-workbench template add-module Reports fs",
      },
    });
    const template = { id: "1", name: 'Log "report"' };
    expect(unresolvedError("fs", { ...known, module: "fs", template }).message).toContain(
      'add-module "Log \\"report\\"" fs',
    );
  });

  test("a library that the template lacks can be added", () => {
    expect(unresolvedError("lodash/fp", { ...known, library: "lodash" })).toMatchObject({
      code: "MODULE_NOT_ENABLED",
      message:
        'The library lodash is not listed in the template "Reports". Add it there (Libraries › lodash) or run: vm-workbench template add-library Reports lodash',
      details: { library: "lodash", template: "Reports" },
    });
  });

  test("without a template one is to be chosen or made", () => {
    const none = { ...known, template: NO_TEMPLATE };
    const error = unresolvedError("fs", { ...none, module: "fs" });
    expect(error).toMatchObject({ code: "MODULE_NOT_ENABLED", details: { module: "fs" } });
    expect(error.message).toContain("no template is chosen");
    expect(error.message).not.toContain(NO_TEMPLATE.name);
    expect(unresolvedError("lodash", { ...none, library: "lodash" }).details).toEqual({
      library: "lodash",
      command: "vm-workbench template create Mine && vm-workbench template add-library Mine lodash",
    });
  });

  test.each([
    ["fs/promises", 'fs/promises is a part of the native module fs: write require("fs").promises.'],
    ["node:fs/promises", 'node:fs/promises is a part of the native module fs: write require("fs").promises.'],
    [
      "node:child_process",
      "child_process is a module of Node that does not exist here. The native module exec may do what you need.",
    ],
    [
      "worker_threads",
      "worker_threads is a module of Node that does not exist here. A session is one thread.",
    ],
    ["stream", "stream is a module of Node that does not exist here."],
  ])("a module of Node that is not registered says what there is: %s", (specifier, message) => {
    const error = unresolvedError(specifier, { ...known, looked: [specifier] });
    expect(error).toMatchObject({ code: "MODULE_NOT_FOUND", message, details: { module: specifier } });
  });

  test("what is named instead of a module of Node exists", () => {
    for (const instead of INSTEAD.values())
      if ("module" in instead) expect(registry.find(instead.module)?.name).toBe(instead.module);
  });

  test("anything else names the nearest and where it was looked for", () => {
    expect(unresolvedError("yamll", { ...known, looked: ["yamll", "yamll"] }).message).toBe(
      'Cannot find the module "yamll". Did you mean "yaml"? Looked at: yamll.',
    );
    expect(unresolvedError("./yaml", known).message).toBe('Cannot find the module "./yaml".');
    const nearFile = () => "./util.js";
    expect(unresolvedError("./utl.js", { ...known, looked: ["utl.js"], nearFile })).toMatchObject({
      message: 'Cannot find the module "./utl.js". Did you mean "./util.js"? Looked at: utl.js.',
      details: { nearest: "./util.js" },
    });
  });
});
