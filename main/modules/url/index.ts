import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { createUrlHost } from "./host";

const typings = `declare module "url" {
  const GlobalURL: typeof URL;
  const GlobalURLSearchParams: typeof URLSearchParams;
  type GlobalURL = URL;
  type GlobalURLSearchParams = URLSearchParams;
  export { GlobalURL as URL, GlobalURLSearchParams as URLSearchParams };
  export interface FileUrlOptions {
    /** Whether the path is one of Windows; the platform's by default. */
    windows?: boolean;
  }
  export function fileURLToPath(url: string | GlobalURL, options?: FileUrlOptions): string;
  export function pathToFileURL(path: string, options?: FileUrlOptions): GlobalURL;
  export function domainToASCII(domain: string): string;
  export function domainToUnicode(domain: string): string;
}
`;

/** URLs and their conversion to paths, as Node does it. */
export const urlModule = defineModule({
  name: "url",
  aliases: ["node:url"],
  summary: "Parses URLs and converts between file URLs and paths, as Node does.",
  risk: "pure",
  allows: "Computes with the text of URLs; opens none.",
  typings,
  members,
  example: `const { URL, fileURLToPath } = require("url");

const address = new URL("https://example.org/search?q=vm");
console.log(address.hostname, address.searchParams.get("q"));
console.log(fileURLToPath("file:///data/may%20report.csv", { windows: false }));`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  createHost: (_config, context) => createUrlHost(context),
  comingFromGoja:
    "- `URL` and `URLSearchParams` are the global classes.\n- The legacy functions `parse`, `format` and `resolve`, which Node discourages, are left out: use `new URL(…)`.",
});
