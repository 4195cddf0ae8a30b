import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { createYamlHost } from "./host";
import { typings } from "./typings";

/** Reads and writes YAML with the package `yaml`. */
export const yamlModule = defineModule({
  name: "yaml",
  aliases: [],
  summary: "Reads, writes and checks YAML.",
  risk: "pure",
  allows: "Computes only: turns YAML text into values and values into text.",
  typings,
  members,
  example: `const yaml = require("yaml");

const config = yaml.parse(\`
name: Reports
sources:
  - path: data/people.csv
    delimiter: ","
\`);
config.sources.push({ path: "data/orders.csv", delimiter: ";" });
console.log(yaml.stringify(config, { indent: 4 }));

const { valid, errors } = yaml.validate("a: [1, 2");
if (!valid) console.log(\`line \${errors[0].line}: \${errors[0].message}\`);`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  createHost: (_config, context) => createYamlHost(context),
  comingFromGoja: `- \`parse\` gives the first document of a text with several; \`parseAll\` gives them all.
- The order of keys is kept; integers beyond 2^53 need \`intAsBigInt: true\` to stay exact.
- Errors carry \`code\`, \`line\` and \`column\`; unknown options are refused.`,
});
