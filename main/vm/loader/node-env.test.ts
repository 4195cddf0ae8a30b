import { expect, test } from "vitest";
import { answerNodeEnv } from "./node-env";

const PATH = "node_modules/a/index.js";

test("answers a package's question for NODE_ENV without moving anything", () => {
  expect(answerNodeEnv(PATH, 'if (process.env.NODE_ENV !== "production") f();', "commonjs")).toBe(
    'if (undefined            !== "production") f();',
  );
  expect(answerNodeEnv(PATH, "export const dev = a.b(process.env.NODE_ENV).c;", "esm")).toBe(
    "export const dev = a.b(undefined           ).c;",
  );
});

test("leaves texts, comments, other members and the workspace's own files alone", () => {
  for (const code of [
    '"process.env.NODE_ENV"; // process.env.NODE_ENV',
    "process.env.NODE_ENVY; x.process.env.NODE_ENV",
    "process.env.NODE_ENV is no JavaScript",
  ]) {
    expect(answerNodeEnv(PATH, code, "commonjs")).toBe(code);
  }
  expect(answerNodeEnv("lib/a.js", "process.env.NODE_ENV", "commonjs")).toBe("process.env.NODE_ENV");
});
