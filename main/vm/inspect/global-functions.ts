import { Buffer } from "node:buffer";
import { URL_PARTS } from "../guest/globals/url-parts";
import { hasEndlessHost, isEndlessHost } from "./url-host";

/** Host halves of globals whose behaviour is Node's own. `null` says that Node refused. */
export const globalFunctions = {
  atob: (text: string): readonly [text: string, refused: boolean] => convert(atob, text),
  btoa: (text: string): readonly [text: string, refused: boolean] => convert(btoa, text),
  /** UTF-8 bytes; lone surrogates become U+FFFD. */
  encodeUtf8: (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf8")),
  /** Canonical name of an encoding label. */
  encodingName: (label: string): string | null => attempt(() => new TextDecoder(label).encoding),
  decodeText,
  url: parseUrl,
  urlSet: setUrl,
  parseQuery: (text: string): string[] => [...new URLSearchParams(text)].flat(),
  formatQuery: (pairs: readonly string[]): string => new URLSearchParams(pairwise(pairs)).toString(),
};

function convert(work: (text: string) => string, text: string): readonly [text: string, refused: boolean] {
  try {
    return [work(text), false];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error), true];
  }
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/**
 * Decodes bytes with Node's decoder. Flags: `f` fatal, `i` keep a byte order mark, `s` more will come: then an incomplete
 * character at the end is left, and `used` says how many bytes were taken.
 */
function decodeText(
  encoding: string,
  flags: string,
  bytes: Uint8Array,
): { text: string; used: number } | null {
  const used = flags.includes("s") ? bytes.length - incompleteTail(encoding, bytes) : bytes.length;
  return attempt(() => {
    const decoder = new TextDecoder(encoding, { fatal: flags.includes("f"), ignoreBOM: flags.includes("i") });
    return { text: decoder.decode(bytes.subarray(0, used)), used };
  });
}

/** Bytes at the end that begin a character whose rest is missing. */
function incompleteTail(encoding: string, bytes: Uint8Array): number {
  if (encoding === "utf-8") return incompleteUtf8(bytes);
  if (encoding !== "utf-16le" && encoding !== "utf-16be") return 0;
  const odd = bytes.length % 2;
  const last = bytes[bytes.length - odd - (encoding === "utf-16le" ? 1 : 2)];
  const high = last !== undefined && last >= 0xd8 && last <= 0xdb;
  return odd + (high ? 2 : 0);
}

function incompleteUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (size <= back) return 0;
    // A sequence that no further byte can complete is an error now, not later.
    return new TextDecoder().decode(bytes.subarray(bytes.length - back)).length === 1 ? back : 0;
  }
  return 0;
}

function parts(url: URL): string[] {
  return URL_PARTS.map((part) => url[part]);
}

function parseUrl(input: string, base: string | null): string[] | null {
  if (hasEndlessHost(input) || (base !== null && hasEndlessHost(base))) return null;
  return attempt(() => parts(base === null ? new URL(input) : new URL(input, base)));
}

/** Sets one part and gives all of them; `null` when Node throws (only `href` does). */
function setUrl(href: string, part: string, value: string): string[] | null {
  if (hasEndlessHost(href) || (part === "href" && hasEndlessHost(value))) return null;
  return attempt(() => {
    const url = new URL(href);
    // A host that Node does not take is left as it was.
    if ((part === "host" || part === "hostname") && isEndlessHost(value)) return parts(url);
    Reflect.set(url, part, value);
    return parts(url);
  });
}

function pairwise(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] ?? "", flat[at + 1] ?? ""]);
  return pairs;
}
