import { realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";

/** Own scheme and origin of the page: `file:` would give it more rights than it needs. */
export const PAGE_SCHEME = "workbench";
export const PAGE_ORIGIN = `${PAGE_SCHEME}://app`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Monaco positions its view by inline styles.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Media type of an asset by its ending. */
export function contentType(path: string): string {
  return CONTENT_TYPES[extname(path)] ?? "application/octet-stream";
}

/**
 * Finds the file that a URL of our scheme names, or `undefined` when it names none: wrong host, traversal in any
 * spelling, NUL, or a link that leads out of the folder (promise 20).
 */
export async function resolvePageAsset(folder: string, requestUrl: string): Promise<string | undefined> {
  // The URL parser resolves ".." before we see it, so look at the text first.
  const rawPath = /^workbench:\/\/app(\/[^?#]*)/i.exec(requestUrl)?.[1];
  if (rawPath === undefined || /%(2e|2f|5c|00)|\\|\0|\.\./i.test(rawPath)) return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(rawPath);
  } catch {
    return undefined;
  }
  const segments = decoded.split("/").filter((segment) => segment !== "");
  if (segments.some((segment) => segment === "." || segment === ".." || /[\0\\:]/.test(segment)))
    return undefined;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...(segments.length === 0 ? ["index.html"] : segments)));
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
