import type { GuestBridge, GuestFactory, WireValue } from "../../vm/guest/bridge";
import { Headers } from "./guest/headers";

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
interface Answer {
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}
interface Init {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly redirect?: unknown;
  readonly signal?: unknown;
  readonly timeoutMs?: unknown;
}
declare const globalThis: {
  readonly TextDecoder: new () => { decode(bytes: Uint8Array): string };
  readonly URL: new (url: string, base?: string) => { readonly href: string };
  readonly URLSearchParams: new () => object;
};
const { TextDecoder, URL, URLSearchParams } = globalThis;

const INIT = ["method", "headers", "body", "redirect", "signal", "timeoutMs"];
const CLIENT = ["baseUrl", "headers", "timeoutMs"];

/** What the server answered; its body has been read completely. */
class Response {
  readonly #answer: Answer;
  readonly headers: Headers;
  constructor(answer: Answer) {
    this.#answer = answer;
    this.headers = new Headers(answer.headers);
  }
  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }
  get status(): number {
    return this.#answer.status;
  }
  get statusText(): string {
    return this.#answer.statusText;
  }
  get url(): string {
    return this.#answer.url;
  }
  get redirected(): boolean {
    return this.#answer.redirected;
  }
  async bytes(): Promise<Uint8Array> {
    return this.#answer.body.slice();
  }
  async arrayBuffer(): Promise<ArrayBufferLike> {
    return this.#answer.body.slice().buffer;
  }
  async text(): Promise<string> {
    return new TextDecoder().decode(this.#answer.body);
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }
}

function checkKeys(value: unknown, known: readonly string[], what: string): asserts value is object {
  if (typeof value !== "object" || value === null) throw new TypeError(`${what} must be an object.`);
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw new TypeError(`Unknown option "${name}". Options: ${known.join(", ")}.`);
  }
}

function toBody(body: unknown, headers: Headers): WireValue {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") {
    if (!headers.has("content-type")) headers.set("content-type", "text/plain;charset=UTF-8");
    return body;
  }
  if (body instanceof URLSearchParams) {
    if (!headers.has("content-type"))
      headers.set("content-type", "application/x-www-form-urlencoded;charset=UTF-8");
    return String(body);
  }
  if (ArrayBuffer.isView(body))
    return new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength).slice();
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new TypeError("A body is a text, bytes or URLSearchParams; write objects with JSON.stringify.");
}

function toMilliseconds(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !(value > 0)) throw new TypeError("timeoutMs must be a number above 0.");
  return Math.min(Math.ceil(value), 600_000);
}

/** What was given to `abort()` is what the caller gets. */
function throwIfAborted(signal: Signal | null | undefined): void {
  if (signal?.aborted === true) throw signal.reason;
}

function createFetch(bridge: GuestBridge) {
  let next = 1;
  return async (input: unknown, init: unknown = {}): Promise<Response> => {
    checkKeys(init, INIT, "The second argument of fetch");
    const {
      method = "GET",
      headers: given,
      body: rawBody,
      redirect = "follow",
      signal: rawSignal,
      timeoutMs,
    } = init as Init;
    const { href } = new URL(String(input));
    const name = String(method).toUpperCase();
    if (!/^[A-Z][A-Z-]*$/.test(name) || ["CONNECT", "TRACE", "TRACK"].includes(name))
      throw new TypeError(`"${String(method)}" is no method that can be used.`);
    if (typeof redirect !== "string" || !["follow", "manual", "error"].includes(redirect))
      throw new TypeError('redirect is "follow", "manual" or "error".');
    const headers = new Headers(given);
    const body = toBody(rawBody, headers);
    if (body !== undefined && (name === "GET" || name === "HEAD"))
      throw new TypeError(`A ${name} request has no body.`);
    const signal = rawSignal as Signal | null | undefined;
    throwIfAborted(signal);
    const id = next++;
    const abort = (): void => void bridge.call("abort", id);
    signal?.addEventListener("abort", abort);
    try {
      const request = {
        url: href,
        method: name,
        headers: [...headers],
        body,
        redirect,
        timeoutMs: toMilliseconds(timeoutMs),
      };
      return new Response((await bridge.callAsync("send", id, request)) as unknown as Answer);
    } catch (error) {
      throwIfAborted(signal);
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  };
}

const factory: GuestFactory = (bridge) => {
  const fetch = createFetch(bridge);

  function client(options: unknown = {}): object {
    checkKeys(options, CLIENT, "The options of a client");
    const { baseUrl, headers, timeoutMs } = options as {
      baseUrl?: unknown;
      headers?: unknown;
      timeoutMs?: unknown;
    };
    if (baseUrl !== undefined && typeof baseUrl !== "string") throw new TypeError("baseUrl must be a text.");
    const common = new Headers(headers);
    toMilliseconds(timeoutMs);
    // As if the base were a folder: a path is put behind it, whether the base ends with a slash or not.
    const resolve = (path: unknown): string =>
      baseUrl === undefined
        ? String(path)
        : new URL(String(path).replace(/^\//, ""), baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`).href;

    const call = async (path: unknown, init: Init = {}): Promise<Response> => {
      const merged = new Headers([...common]);
      for (const [name, value] of new Headers(init.headers)) merged.set(name, value);
      return fetch(resolve(path), {
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...init,
        headers: merged,
      });
    };
    const withBody =
      (method: string) =>
      async (path: unknown, body?: unknown, init: Init = {}): Promise<Response> => {
        const plain =
          typeof body === "object" &&
          body !== null &&
          !ArrayBuffer.isView(body) &&
          !(body instanceof ArrayBuffer) &&
          !(body instanceof URLSearchParams);
        if (!plain) return call(path, { ...init, method, body });
        const own = new Headers(init.headers);
        if (!own.has("content-type")) own.set("content-type", "application/json");
        return call(path, { ...init, method, headers: own, body: JSON.stringify(body) });
      };
    return {
      fetch: call,
      get: async (path: unknown, init: Init = {}) => call(path, { ...init, method: "GET" }),
      head: async (path: unknown, init: Init = {}) => call(path, { ...init, method: "HEAD" }),
      delete: async (path: unknown, init: Init = {}) => call(path, { ...init, method: "DELETE" }),
      post: withBody("POST"),
      put: withBody("PUT"),
      patch: withBody("PATCH"),
    };
  }

  return { fetch, client };
};
export default factory;
