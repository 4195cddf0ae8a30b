import { PAGE_SCHEME } from "./page-assets";

const LOCAL_SCHEMES = new Set([`${PAGE_SCHEME}:`, "devtools:", "data:", "blob:"]);

/** Whether a request of the page stays on this machine and inside the application (promise 21). */
export function isLocalRequest(url: string): boolean {
  return URL.canParse(url) && LOCAL_SCHEMES.has(new URL(url).protocol);
}
