/** Parts of a URL, in the order in which the host's `url` and `urlSet` give their texts. */
export const URL_PARTS = [
  "href",
  "origin",
  "protocol",
  "username",
  "password",
  "host",
  "hostname",
  "port",
  "pathname",
  "search",
  "hash",
] as const;
export type UrlPart = (typeof URL_PARTS)[number];
