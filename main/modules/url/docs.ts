import type { MemberDoc } from "../../../shared/model/module";

const start = 'const url = require("url");\n';

/** Docs of the members of `url`. */
export const members: readonly MemberDoc[] = [
  {
    name: "URL",
    signature: "class URL",
    summary: "The global class: a parsed URL of the WHATWG standard.",
    params: [],
    returns: "The class.",
    errors: [{ code: "ERR_INVALID_URL", when: "the constructor gets text that is no URL" }],
    example: `${start}console.log(new url.URL("/a?b=c", "https://example.org").href);`,
  },
  {
    name: "URLSearchParams",
    signature: "class URLSearchParams",
    summary: "The global class: the parameters of a query.",
    params: [],
    returns: "The class.",
    errors: [{ code: "TypeError", when: "the constructor gets pairs that are no pairs" }],
    example: `${start}console.log(new url.URLSearchParams({ q: "a b" }).toString()); // q=a+b`,
  },
  {
    name: "fileURLToPath",
    signature: "fileURLToPath(url: string | URL, options?: { windows?: boolean }): string",
    summary: "Converts a `file:` URL to a path.",
    params: [
      { name: "url", doc: "A `file:` URL." },
      { name: "options", doc: "`windows`: whether to make a Windows path; the platform's by default." },
    ],
    returns: "An absolute path.",
    errors: [
      { code: "ERR_INVALID_ARG_TYPE", when: "url is neither text nor a URL" },
      { code: "ERR_INVALID_URL", when: "the text is no URL" },
      { code: "ERR_INVALID_URL_SCHEME", when: "it is not a `file:` URL" },
      { code: "ERR_INVALID_FILE_URL_PATH", when: "the path holds an encoded separator" },
      { code: "ERR_INVALID_FILE_URL_HOST", when: "it names a host, and the platform is not Windows" },
    ],
    example: `${start}console.log(url.fileURLToPath("file:///a%20b.txt", { windows: false })); // /a b.txt`,
  },
  {
    name: "pathToFileURL",
    signature: "pathToFileURL(path: string, options?: { windows?: boolean }): URL",
    summary: "Converts a path to a `file:` URL; a relative path counts from the workspace.",
    params: [
      { name: "path", doc: "The path." },
      { name: "options", doc: "`windows`: whether it is a Windows path; the platform's by default." },
    ],
    returns: "A URL.",
    errors: [{ code: "ERR_INVALID_ARG_TYPE", when: "path is not text" }],
    example: `${start}console.log(url.pathToFileURL("/data/a#b.txt", { windows: false }).href); // file:///data/a%23b.txt`,
  },
  {
    name: "domainToASCII",
    signature: "domainToASCII(domain: string): string",
    summary: "Gives the ASCII (Punycode) form of a domain.",
    params: [{ name: "domain", doc: "A domain name." }],
    returns: 'The ASCII form, "" when it is no domain.',
    errors: [{ code: "ERR_MISSING_ARGS", when: "nothing is given" }],
    example: `${start}console.log(url.domainToASCII("español.com")); // xn--espaol-zwa.com`,
  },
  {
    name: "domainToUnicode",
    signature: "domainToUnicode(domain: string): string",
    summary: "Gives the Unicode form of a domain.",
    params: [{ name: "domain", doc: "A domain name." }],
    returns: 'The Unicode form, "" when it is no domain.',
    errors: [{ code: "ERR_MISSING_ARGS", when: "nothing is given" }],
    example: `${start}console.log(url.domainToUnicode("xn--espaol-zwa.com")); // español.com`,
  },
];
