import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { createCsvHost } from "./host";
import { typings } from "./typings";

/** Reads and writes CSV, with the packages csv-parse and csv-stringify. */
export const csvModule = defineModule({
  name: "csv",
  aliases: [],
  summary: "Reads and writes CSV, whole or row by row.",
  risk: "pure",
  allows: "Computes only: turns CSV text into rows and rows into text.",
  typings,
  members,
  example: `const csv = require("csv");

const people = csv.parse("name,age\\nAda,36\\nGrace,85", { header: true, numbers: true });
console.table(people);

const older = people.map(({ name, age }) => ({ name, age: age + 1 }));
console.log(csv.stringify(older, { delimiter: ";" }));`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  createHost: (_config, context) => createCsvHost(context),
});
