import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HostilityTraits, Surroundings } from "../testing/hostility/traits";

/** A server that never ends an answer, and begins one only for `/begun`. */
async function silentServer(): Promise<Surroundings> {
  const server = createServer((request, response) => {
    if (request.url === "/begun") response.write("beginning");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    config: { origins: [origin] },
    script: `const origin = ${JSON.stringify(origin)};`,
    dispose() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const hostility: HostilityTraits = {
  handles: [
    { what: "requests without an answer", open: "fetch.fetch(origin)" },
    { what: "answers without an end", open: 'fetch.fetch(origin + "/begun")' },
    {
      what: "requests with a signal",
      open: 'fetch.client({ baseUrl: origin }).post("x", { i }, { signal: new AbortController().signal })',
    },
  ],
  surroundings: silentServer,
  slow: ["await fetch.fetch(origin)", 'await fetch.fetch(origin + "/begun")'],
  denied: [
    'fetch.fetch("https://example.com/")',
    'fetch.fetch("http://127.0.0.1:1/")',
    'fetch.fetch("http://localhost/")',
    'fetch.fetch("http://[::1]/")',
    'fetch.fetch("http://169.254.169.254/latest/meta-data")',
    'fetch.fetch("file:///etc/passwd")',
    'fetch.client({ baseUrl: "https://example.com" }).get("/")',
  ],
};
