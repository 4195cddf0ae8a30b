import { sha256 } from "../workspace/open-file";

/** JSON with the keys of every object sorted: the same text for the same value, however it was written. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/**
 * Checksum of a template as it travels: SHA-256 over its canonical JSON, so that neither formatting nor the order of
 * keys matters. The editor's schema hint is no part of it.
 */
export function templateChecksum(template: object): string {
  const policy = Object.fromEntries(Object.entries(template).filter(([key]) => key !== "$schema"));
  return `sha256:${sha256(canonicalJson(policy))}`;
}
