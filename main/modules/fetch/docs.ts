import type { MemberDoc } from "../../../shared/model/module";

/** Docs of the members of `fetch`. */
export const members: readonly MemberDoc[] = [
  {
    name: "fetch",
    signature:
      "fetch(url: string | URL, init?: { method?, headers?, body?, redirect?, signal?, timeoutMs? }): Promise<Response>",
    summary:
      "Sends a request and reads the whole answer. Redirects are followed as far as the template lists where they lead; gzip, deflate and br are unpacked. Proxies of the environment are not used. 64 requests are under way at once; further ones wait.",
    params: [
      { name: "url", doc: "Where to; its origin must be listed." },
      {
        name: "init",
        doc: "`method`, `headers`, `body` (text, bytes, URLSearchParams), `redirect`, `signal`, `timeoutMs`; an unknown option is refused.",
      },
    ],
    returns:
      "A promise of the response: `ok status headers url text() json() bytes()`. A status such as 404 is no error.",
    errors: [
      {
        code: "PERMISSION_DENIED",
        when: "the origin, or one that a redirect leads to, is not listed, or its name leads to a private address",
      },
      { code: "TIMEOUT", when: "there is no complete answer in time" },
      { code: "BODY_TOO_LARGE", when: "the answer is larger than maxBodyKb" },
      { code: "ABORT_ERR", when: "the execution ends meanwhile; an aborted signal gives its own reason" },
      { code: "ECONNREFUSED, ENOTFOUND …", when: "the network says so" },
    ],
    example: `const { fetch } = require("fetch");
try {
  const response = await fetch("http://127.0.0.1:49999/", { timeoutMs: 1000 });
  console.log(response.ok, response.headers.get("content-type"), await response.text());
} catch (error) {
  console.log(error.code);
}
await fetch("https://example.com/").catch((error) => console.log(error.code));`,
  },
  {
    name: "client",
    signature: "client(options?: { baseUrl?: string; headers?: HeadersInit; timeoutMs?: number }): Client",
    summary:
      "Makes a client with a base address, common headers and a time limit. Its `post`, `put` and `patch` send objects as JSON.",
    params: [
      {
        name: "options",
        doc: "`baseUrl`: paths are put behind it; `headers`: sent each time; `timeoutMs`: for each request.",
      },
    ],
    returns: "An object with fetch, get, head, post, put, patch and delete.",
    errors: [{ code: "TypeError", when: "an option is unknown or has a wrong value; otherwise as fetch" }],
    example: `const { client } = require("fetch");
const api = client({ baseUrl: "http://127.0.0.1:49999/api", headers: { accept: "application/json" } });
try {
  console.log(await (await api.get("people")).json());
} catch (error) {
  console.log(error.code);
}`,
  },
];
