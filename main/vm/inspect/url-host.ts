/** A name in the DNS has 253 characters. Node takes longer ones, and turns them into ASCII in a time that grows with the square. */
const MAX_HOST = 2000;

/** What may stand before the host of a URL whose host is a name: its scheme, or only slashes where a base gives that. */
const HOST = /^(?:(?:https?|wss?|ftp|file):[/\\]*|[/\\]{2,})([^/\\?#]*)/i;

/**
 * Whether a URL has a host of such a length that Node would be busy with it for minutes, in native code that nothing can stop.
 * Such a URL counts as invalid.
 */
export function hasEndlessHost(url: string): boolean {
  if (url.length <= MAX_HOST) return false;
  // As the URL parser reads it.
  const text = url.replace(/^[\0-\x20]+/, "").replace(/[\t\n\r]/g, "");
  const authority = HOST.exec(text)?.[1] ?? "";
  return isEndlessHost(authority.slice(authority.lastIndexOf("@") + 1));
}

/** The same for a host alone. */
export function isEndlessHost(host: string): boolean {
  return host.length > MAX_HOST;
}
