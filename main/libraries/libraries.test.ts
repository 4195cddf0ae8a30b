import { afterEach, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../vm/testing";
import {
  describeLibraries,
  findLibraryEntry,
  getLibrary,
  libraries,
  libraryCode,
  libraryLicenses,
} from "./catalogue";

let session: TestSession | undefined;
afterEach(async () => {
  await session?.dispose();
  session = undefined;
});

async function lines(code: string, ...ids: string[]): Promise<readonly string[]> {
  // Named imports make every member of mathjs, which takes most of the default two seconds.
  const template = { limits: { cpuMs: 20_000, wallMs: 20_000 } };
  session = await openTestSession({ libraries: ids, files: { "main.mjs": code }, template });
  const outcome = await session.runFile("main.mjs");
  if (outcome.error !== undefined)
    return [...session.lines, `${outcome.error.name}: ${outcome.error.message}`];
  return session.lines;
}

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  lodash: ["[ [ 1, 2 ], [ 3, 4 ] ]", "{ engines: [ 'Ada', 'Charles' ], compilers: [ 'Grace' ] }"],
  dayjs: ["2024-03-01", "300 days"],
  ramda: ["17", "{ amount: 5, paid: false }"],
  moment: ["Friday, March 1st 2024", "2 hours"],
  "date-fns": ["2024-03-01", "300 days"],
  zod: ["{ name: 'Ada', age: 36 }", "[ 'age' ] Too small: expected number to be >=0"],
  mathjs: ["5 inch", "-7", "2 * x + 3"],
  papaparse: ["[ { name: 'Ada', age: 36 }, { name: 'Grace', age: 85 } ]", "name;age\r\nAda;36\r\nGrace;85"],
  zustand: ["count is 1", "count is 2"],
  uuid: ["true", "40f14d76-b549-554f-bafa-945b2bb39e60"],
};

describe("every library of the catalogue loads and works in a session", () => {
  test.each(libraries().map((library) => [library.id, library] as const))(
    "%s: its example",
    async (id, library) => {
      session = await openTestSession({ libraries: [id] });
      const outcome = await session.run(library.example);
      expect(outcome.error).toBeUndefined();
      expect(session.lines).toEqual(EXPECTED[id]);
    },
  );

  test.each(libraries().map((library) => [library.id, library] as const))(
    "%s: require, import and global are one",
    async (id, library) => {
      const name = library.global === undefined ? "library" : `globalThis[${JSON.stringify(library.global)}]`;
      session = await openTestSession({
        libraries: [id],
        template: { limits: { cpuMs: 20_000, wallMs: 20_000 } },
        files: {
          "common.cjs": `module.exports = require(${JSON.stringify(id)});`,
          "main.mjs": `import library from "./common.cjs"; import * as space from ${JSON.stringify(id)};
          const own = space.default ?? space;
          console.log(${name} === library, Object.keys(space).length > 0, own === library || own === library.default || space.v4 === library.v4);`,
        },
      });
      const outcome = await session.runFile("main.mjs");
      expect(outcome.error).toBeUndefined();
      expect(session.lines).toEqual(["true true true"]);
    },
  );

  test("named imports", async () => {
    expect(
      await lines(
        `import { chunk } from "lodash"; import { addDays } from "date-fns"; import { z } from "zod"; import { evaluate } from "mathjs"; import { v4 } from "uuid"; import { createStore } from "zustand";
        console.log(chunk([1, 2], 1).length, addDays(new Date(0), 1).getTime(), z.number().parse(4), evaluate("2 + 3"), v4().length, typeof createStore);`,
        "lodash",
        "date-fns",
        "zod",
        "mathjs",
        "uuid",
        "zustand",
      ),
    ).toEqual(["2 86400000 4 5 36 function"]);
  });
});

test("plugins and locales work on the library itself", async () => {
  session = await openTestSession({ libraries: ["dayjs", "moment", "lodash", "zustand", "date-fns"] });
  const outcome = await session.run(`
    const dayjs = require("dayjs"); dayjs.extend(require("dayjs/plugin/utc")); require("dayjs/locale/de"); 
    console.log(dayjs.utc("2024-02-29T12:00:00Z").locale("de").format("dddd, D. MMMM HH:mm"));
    const moment = require("moment"); require("moment/locale/fr"); console.log(moment.utc("2024-02-29").locale("fr").format("dddd"));
    console.log(require("lodash/fp").flow((x) => x + 1)(1), typeof require("zustand/middleware").persist, require("date-fns").format(new Date(2024, 1, 29), "EEEE", { locale: require("date-fns/locale").es }));`);
  expect(outcome.error).toBeUndefined();
  expect(session.lines).toEqual(["Donnerstag, 29. Februar 12:00", "jeudi", "2 function jueves"]);
});

test("UUIDs come from random bytes of the host: many are all different", async () => {
  expect(
    await lines(
      `import { v4 } from "uuid"; console.log(new Set(Array.from({ length: 2000 }, () => v4())).size);`,
      "uuid",
    ),
  ).toEqual(["2000"]);
});

test("without the library its global is not defined", async () => {
  session = await openTestSession();
  expect((await session.run("_.chunk([1], 1)")).error?.message).toMatch(/'?_'? is not defined/);
});

describe("the catalogue", () => {
  test("tells versions, licences, sizes and where to read more", () => {
    expect(describeLibraries()).toHaveLength(10);
    for (const library of describeLibraries()) {
      expect(library.version).toMatch(/^\d+\.\d+\.\d+/);
      expect(library.license).toMatch(/MIT|Apache/);
      expect(library.bytes).toBe(Buffer.byteLength(libraryCode(library.id)));
      expect(library.summary.length).toBeGreaterThan(10);
      expect(libraryLicenses(library.id)).toContain(library.version);
    }
  });

  test("an unknown id is LIBRARY_NOT_FOUND, with the nearest one", () => {
    expect(() => getLibrary("lodahs")).toThrow(
      expect.objectContaining({
        code: "LIBRARY_NOT_FOUND",
        message: 'There is no library "lodahs". Did you mean "lodash"?',
      }),
    );
    expect(() => libraryCode("dayjs", "plugin/nothing")).toThrow(
      expect.objectContaining({ code: "LIBRARY_NOT_FOUND" }),
    );
    expect(findLibraryEntry("dayjs/plugin/utc.js")).toMatchObject({
      library: { id: "dayjs" },
      subpath: "plugin/utc",
    });
    expect(findLibraryEntry("dayjs/../lodash")).toBeUndefined();
  });
});
