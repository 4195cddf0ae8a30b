import type { MemberDoc } from "../../../shared/model/module";

const parseErrors = [
  { code: "YAMLParseError", when: "the text is not YAML; the error has code, line and column" },
  { code: "TypeError", when: "text is not a string, or an option is unknown or has a wrong value" },
];

/** Docs of the members of `yaml`. */
export const members: readonly MemberDoc[] = [
  {
    name: "parse",
    signature: "parse(text: string, options?: ParseOptions): any",
    summary: "Reads the first document of a YAML text. The order of keys is kept; an empty text gives null.",
    params: [
      { name: "text", doc: "The YAML text." },
      { name: "options", doc: "How to read it; an unknown option is refused." },
    ],
    returns: "The value that the document describes.",
    errors: parseErrors,
    example: `const yaml = require("yaml");
const config = yaml.parse("server:\\n  port: 8080\\n  hosts: [a, b]");
console.log(config.server.port, config.server.hosts.length);`,
  },
  {
    name: "parseAll",
    signature: "parseAll(text: string, options?: ParseOptions): any[]",
    summary: "Reads every document of a YAML text; documents are divided by lines of three dashes.",
    params: [
      { name: "text", doc: "The YAML text." },
      { name: "options", doc: "How to read it; an unknown option is refused." },
    ],
    returns: "The values of all documents, in order; an empty list for an empty text.",
    errors: parseErrors,
    example: `const yaml = require("yaml");
console.log(yaml.parseAll("name: first\\n---\\nname: second").map((doc) => doc.name));`,
  },
  {
    name: "stringify",
    signature: "stringify(value: unknown, options?: StringifyOptions): string",
    summary:
      "Writes a value as YAML. The order of keys is kept; an object that appears twice becomes an anchor and an alias.",
    params: [
      { name: "value", doc: "Anything that YAML can hold." },
      { name: "options", doc: "How to write it; an unknown option is refused." },
    ],
    returns: "YAML text that ends with a line break.",
    errors: [
      {
        code: "TypeError",
        when: "the value is undefined, a function or a symbol, or an option is unknown or has a wrong value",
      },
    ],
    example: `const yaml = require("yaml");
console.log(yaml.stringify({ name: "Ada", tags: ["math", "engines"] }, { indent: 4 }));`,
  },
  {
    name: "validate",
    signature: "validate(text: string, options?: ParseOptions): Validation",
    summary: "Checks every document of a YAML text without throwing for what is wrong in it.",
    params: [
      { name: "text", doc: "The YAML text." },
      { name: "options", doc: "How to read it; an unknown option is refused." },
    ],
    returns: "Whether the text is valid, with all errors and warnings and their line and column.",
    errors: [
      { code: "TypeError", when: "text is not a string, or an option is unknown or has a wrong value" },
    ],
    example: `const yaml = require("yaml");
const { valid, errors } = yaml.validate("a: [1, 2");
console.log(valid, errors[0].line, errors[0].column, errors[0].message);`,
  },
];
