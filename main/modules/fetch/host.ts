import type * as Undici from "undici";
import type { Agent, Response } from "undici";
import type { HostContext, HostModule, WireValue } from "../record";
import { hasEndlessHost } from "../../vm/inspect/url-host";
import { Slots } from "../slots";
import type { FetchConfig } from "./config";
import { FetchAborted, FetchError } from "./errors";
import { Gate } from "./gate";

export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: undefined | string | Uint8Array;
  readonly redirect: string;
  readonly timeoutMs: number | undefined;
}

const MAX_REDIRECTS = 20;
/** Requests of one session that are under way at once; further ones wait, and their time begins with their turn. */
const MAX_AT_ONCE = 64;
/** Headers that belong to the origin they were written for. */
const SECRET_HEADERS = ["authorization", "cookie", "proxy-authorization"];
const BODY_HEADERS = [
  "content-type",
  "content-length",
  "content-encoding",
  "content-language",
  "content-location",
];

let undici: typeof Undici | undefined;

/** Loads the HTTP client into this thread, once. */
export async function loadClient(): Promise<void> {
  undici ??= await import("undici");
}

/** The code of the deepest cause: what really went wrong on the network. */
function failure(error: unknown, url: URL): Error {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof FetchError) return cause;
    const { code } = cause as { code?: unknown };
    if (typeof code === "string" && cause !== error)
      return new FetchError(`${url.origin} cannot be fetched: ${cause.message || code}`, code);
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new FetchError(`${url.origin} cannot be fetched: ${reason}`, "FETCH_FAILED");
}

/** The most that an answer can grow to: what it says about its length, unless it comes compressed. */
function bodyBytes(response: Response, maxBytes: number): number {
  if (response.body === null) return 0;
  const said =
    response.headers.get("content-encoding") === null ? response.headers.get("content-length") : null;
  return said === null ? maxBytes : Math.min(Number(said) || 0, maxBytes);
}

async function readBody(response: Response, maxBytes: number, limit: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    // Counted while it comes, after decompression: neither a lying length nor a small bomb gets further.
    for await (const part of response.body as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > maxBytes) {
        throw new FetchError(`The answer is larger than ${maxBytes / 1024} KB (${limit}).`, "BODY_TOO_LARGE");
      }
      parts.push(part);
    }
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** The host half: undici, without the proxies of the environment, behind the gate. */
export function createFetchHost(config: FetchConfig, context: HostContext): HostModule {
  const gate = new Gate(config);
  const running = new Map<number, AbortController>();
  const slots = new Slots(MAX_AT_ONCE);
  const room = new Slots(context.memoryBytes);
  const maxBytes = Math.min(config.maxBodyKb * 1024, context.memoryBytes);
  const limitName = maxBytes < context.memoryBytes ? "modules › fetch › maxBodyKb" : "limits.memoryMb";
  let agent: Agent | undefined;

  function client(): { agent: Agent; undici: typeof Undici } {
    if (undici === undefined) throw new Error("The HTTP client has not been loaded.");
    agent ??= new undici.Agent({ connect: { lookup: gate.lookup } });
    return { agent, undici };
  }

  async function follow(
    request: WireRequest,
    signal: AbortSignal,
  ): Promise<{ response: Response; url: URL; hops: number }> {
    const { agent, undici } = client();
    if (hasEndlessHost(request.url)) throw new FetchError("The URL has no valid host.", "ERR_INVALID_URL");
    let url = new URL(request.url);
    let { method, body } = request;
    let headers = [...request.headers];
    for (let hops = 0; ; hops += 1) {
      gate.check(url);
      let response: Response;
      try {
        response = await undici.fetch(url, {
          method,
          headers: headers.map(([name, value]): [string, string] => [name, value]),
          ...(body === undefined ? {} : { body }),
          redirect: "manual",
          dispatcher: agent,
          signal,
        });
      } catch (error) {
        if (signal.aborted) throw error;
        throw failure(error, url);
      }
      const location = [301, 302, 303, 307, 308].includes(response.status)
        ? response.headers.get("location")
        : null;
      if (location === null || request.redirect === "manual") return { response, url, hops };
      await response.body?.cancel();
      if (request.redirect === "error")
        throw new FetchError(`${url.origin} answered with a redirect.`, "REDIRECT_REFUSED");
      if (hops >= MAX_REDIRECTS)
        throw new FetchError(`More than ${MAX_REDIRECTS} redirects.`, "TOO_MANY_REDIRECTS");
      const next = new URL(location, url);
      const dropped = new Set<string>();
      if (response.status === 303 ? method !== "HEAD" : response.status <= 302 && method === "POST") {
        method = "GET";
        body = undefined;
        for (const name of BODY_HEADERS) dropped.add(name);
      }
      if (next.origin !== url.origin) for (const name of SECRET_HEADERS) dropped.add(name);
      headers = headers.filter(([name]) => !dropped.has(name.toLowerCase()));
      url = next;
    }
  }

  async function send(id: number, request: WireRequest): Promise<WireValue> {
    const own = new AbortController();
    running.set(id, own);
    const ended = AbortSignal.any([own.signal, context.executionSignal()]);
    try {
      return await slots.run(() => perform(request, ended), ended);
    } catch (error) {
      if (error instanceof FetchError) throw error;
      if (ended.aborted) throw new FetchAborted();
      throw failure(error, new URL(request.url));
    } finally {
      running.delete(id);
      // Ends the connection of an answer that was not read to its end.
      own.abort();
    }
  }

  /** One request, from its turn on. */
  async function perform(request: WireRequest, ended: AbortSignal): Promise<WireValue> {
    const limitMs = Math.min(config.timeoutMs, request.timeoutMs ?? config.timeoutMs);
    const timeout = AbortSignal.timeout(limitMs);
    try {
      const stopped = AbortSignal.any([ended, timeout]);
      const { response, url, hops } = await follow(request, stopped);
      const body =
        request.method === "HEAD"
          ? new Uint8Array()
          : await room.run(
              () => readBody(response, maxBytes, limitName),
              stopped,
              bodyBytes(response, maxBytes),
            );
      return {
        url: url.href,
        redirected: hops > 0,
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers].map(([name, value]) => [name, value]),
        body,
      };
    } catch (error) {
      if (error instanceof FetchError || !timeout.aborted || ended.aborted) throw error;
      throw new FetchError(`No complete answer within ${limitMs} ms.`, "TIMEOUT");
    }
  }

  return {
    functions: {
      send,
      abort: (id: number) => running.get(id)?.abort(),
    },
    async executionEnded() {
      for (const controller of running.values()) controller.abort();
      const ending = agent;
      agent = undefined;
      await ending?.destroy();
    },
    async dispose() {
      await agent?.destroy();
    },
  };
}
