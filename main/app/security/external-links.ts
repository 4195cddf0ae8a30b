const ALLOWED_PROTOCOLS = new Set(["https:", "mailto:"]);

/**
 * Decides whether a link may leave the application for the system's browser or mail program. Gives the normalised
 * URL, or `undefined` for everything but `https:` and `mailto:` (promise 18).
 */
export function externalUrl(text: string): string | undefined {
  if (/[\0-\x1f\x7f]/.test(text) || text !== text.trim()) return undefined;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!ALLOWED_PROTOCOLS.has(url.protocol)) return undefined;
  // A user name in an https link exists to make one host look like another.
  if (url.protocol === "https:" && (url.username !== "" || url.password !== "" || url.hostname === ""))
    return undefined;
  return url.href;
}
