import { readFile } from "node:fs/promises";
import { protocol, type Session } from "electron";
import { CONTENT_SECURITY_POLICY, contentType, PAGE_SCHEME, resolvePageAsset } from "./page-assets";

/** Must run before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: PAGE_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built page from our own scheme, with the content security policy on every answer. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(PAGE_SCHEME, async (request) => {
    const file =
      request.method === "GET" || request.method === "HEAD"
        ? await resolvePageAsset(folder, request.url)
        : undefined;
    const body = file === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (file === undefined || body === undefined)
      return new Response("Not found", { status: 404, headers: securityHeaders("text/plain") });
    return new Response(new Uint8Array(body), { headers: securityHeaders(contentType(file)) });
  });
}

function securityHeaders(type: string): Record<string, string> {
  return {
    "content-type": type,
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
  };
}
