/** The one web permission that the page has: copying text. */
const GRANTED = new Set(["clipboard-sanitized-write"]);

/** Whether the page gets a web permission (promise 19). */
export function isPermissionGranted(permission: string): boolean {
  return GRANTED.has(permission);
}
