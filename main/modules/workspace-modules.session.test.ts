import { expect, test } from "vitest";
import { openTestSession } from "../vm/testing";

const files = {
  "modules/tax/index.js":
    "let calls = 0; exports.gross = (net) => { calls++; return net * 2; }; exports.calls = () => calls;",
  "modules/shape/index.mjs": 'import { gross } from "tax"; export const area = (side) => gross(side * side);',
  "modules/greedy/index.js":
    'exports.read = () => require("fs").readFileSync("modules/tax/index.js", "utf8");',
  "modules/fs/index.js": 'throw new Error("shadowed");',
};

test("a template's own modules load by name, once, as CommonJS and as ES modules", async () => {
  const session = await openTestSession({ modules: { tax: {}, shape: {} }, files });
  await session.run(
    'const { gross } = require("tax"); const { area } = require("shape"); console.log(gross(2), area(3), require("tax").calls());',
  );
  expect(session.lines).toEqual(["4 18 2"]);
  await session.dispose();
});

test("one that the template lacks says how to enable it", async () => {
  const session = await openTestSession({ modules: {}, files });
  const { error } = await session.run('require("tax")');
  expect(error).toMatchObject({
    code: "MODULE_NOT_ENABLED",
    message: expect.stringContaining("add-module Test tax"),
  });
  await session.dispose();
});

test("it has no more rights than the template gives, and never takes a native name", async () => {
  const session = await openTestSession({ modules: { greedy: {} }, files });
  const { error } = await session.run('require("greedy").read()');
  expect(error).toMatchObject({ code: "MODULE_NOT_ENABLED" });
  await session.dispose();
});

test("a registrable module keeps its sentence when a built-in has the same letters", async () => {
  const session = await openTestSession({ modules: {} });
  const { error } = await session.run('require("url")');
  expect(error).toMatchObject({
    code: "MODULE_NOT_ENABLED",
    message: expect.stringContaining("url is not enabled"),
  });
  await session.dispose();
});
