/** `.d.ts` text of the module `fetch`. */
export const typings = `declare module "fetch" {
  interface Headers extends Iterable<[string, string]> {
    append(name: string, value: string): void;
    set(name: string, value: string): void;
    delete(name: string): void;
    get(name: string): string | null;
    has(name: string): boolean;
    getSetCookie(): string[];
    forEach(callback: (value: string, name: string) => void): void;
    entries(): Generator<[string, string]>;
    keys(): Generator<string>;
    values(): Generator<string>;
  }
  type HeadersInit = Record<string, string> | Iterable<readonly [string, string]>;
  export interface RequestInit {
    /** Default "GET". */
    method?: string;
    headers?: HeadersInit;
    body?: string | ArrayBufferView | ArrayBuffer | URLSearchParams | null;
    /** Default "follow": every redirect must lead to a listed origin. */
    redirect?: "follow" | "manual" | "error";
    signal?: AbortSignal | null;
    /** Less time than the template allows. */
    timeoutMs?: number;
  }
  export interface Response {
    /** Whether the status is 200 to 299. */
    readonly ok: boolean;
    readonly status: number;
    readonly statusText: string;
    /** Where the answer came from, after redirects. */
    readonly url: string;
    readonly redirected: boolean;
    readonly headers: Headers;
    text(): Promise<string>;
    json(): Promise<any>;
    bytes(): Promise<Uint8Array>;
    arrayBuffer(): Promise<ArrayBuffer>;
  }
  type Body = RequestInit["body"] | object;
  export interface Client {
    fetch(path: string, init?: RequestInit): Promise<Response>;
    get(path: string, init?: RequestInit): Promise<Response>;
    head(path: string, init?: RequestInit): Promise<Response>;
    delete(path: string, init?: RequestInit): Promise<Response>;
    /** An object is sent as JSON. */
    post(path: string, body?: Body, init?: RequestInit): Promise<Response>;
    put(path: string, body?: Body, init?: RequestInit): Promise<Response>;
    patch(path: string, body?: Body, init?: RequestInit): Promise<Response>;
  }
  export function fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  export function client(options?: { baseUrl?: string; headers?: HeadersInit; timeoutMs?: number }): Client;
}
`;
