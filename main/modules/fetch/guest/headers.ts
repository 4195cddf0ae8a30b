/** Headers of a request or answer: names without regard to case, several values joined. */
export class Headers {
  readonly #entries = new Map<string, string[]>();

  constructor(init?: unknown) {
    if (init === undefined || init === null) return;
    if (typeof init !== "object") throw new TypeError("Headers are an object, a list of pairs or Headers.");
    const pairs = Symbol.iterator in init ? [...(init as Iterable<unknown>)] : Object.entries(init);
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2)
        throw new TypeError("A header is a pair of name and value.");
      this.append(pair[0], pair[1]);
    }
  }

  append(name: unknown, value: unknown): void {
    const key = String(name).toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(key))
      throw new TypeError(`"${String(name)}" is no name of a header.`);
    const text = String(value).trim();
    if (/[\0\r\n]/.test(text)) throw new TypeError(`The value of the header "${key}" holds a line break.`);
    this.#entries.set(key, [...(this.#entries.get(key) ?? []), text]);
  }
  set(name: unknown, value: unknown): void {
    this.delete(name);
    this.append(name, value);
  }
  delete(name: unknown): void {
    this.#entries.delete(String(name).toLowerCase());
  }
  get(name: unknown): string | null {
    return this.#entries.get(String(name).toLowerCase())?.join(", ") ?? null;
  }
  has(name: unknown): boolean {
    return this.#entries.has(String(name).toLowerCase());
  }
  getSetCookie(): string[] {
    return [...(this.#entries.get("set-cookie") ?? [])];
  }
  forEach(callback: (value: string, name: string, headers: Headers) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }
  *entries(): Generator<[string, string]> {
    for (const name of [...this.#entries.keys()].sort()) {
      if (name === "set-cookie") for (const value of this.getSetCookie()) yield [name, value];
      else yield [name, this.get(name) ?? ""];
    }
  }
  *keys(): Generator<string> {
    for (const [name] of this.entries()) yield name;
  }
  *values(): Generator<string> {
    for (const [, value] of this.entries()) yield value;
  }
  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }
}
