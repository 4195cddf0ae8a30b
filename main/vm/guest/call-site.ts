/** A frame as the host reads it; its parts are `null` where the engine does not tell. */
export interface FrameData {
  readonly name: string | null;
  /** Of `JSON.parse`: where the text that it was given is wrong. */
  readonly inside: { readonly line: number; readonly column: number } | null;
  readonly place: { readonly path: string; readonly line: number; readonly column: number } | null;
}

/** A frame as Node writes it, without `at`. */
export function frameText({ name, place, inside }: FrameData): string {
  const at = place ?? inside;
  const where = (place?.path ?? "<anonymous>") + (at === null ? "" : ":" + at.line + ":" + at.column);
  return name === null ? where : name + " (" + where + ")";
}

/**
 * A frame as V8 gives it to `Error.prepareStackTrace`. The engine keeps names and places of the calls, so the called function,
 * its `this` and how it was called are not known; the answers are those that V8 gives for code in strict mode.
 */
export class CallSite {
  readonly #frame: FrameData;

  constructor(frame: FrameData) {
    this.#frame = frame;
  }

  getFileName(): string | null {
    return this.#frame.place?.path ?? null;
  }

  getScriptNameOrSourceURL(): string | null {
    return this.getFileName();
  }

  getLineNumber(): number | null {
    return this.#frame.place?.line ?? null;
  }

  getEnclosingLineNumber(): number | null {
    return this.getLineNumber();
  }

  getColumnNumber(): number | null {
    return this.#frame.place?.column ?? null;
  }

  getEnclosingColumnNumber(): number | null {
    return this.getColumnNumber();
  }

  getPosition(): number {
    return 0;
  }

  getFunctionName(): string | null {
    return this.#frame.name;
  }

  getTypeName(): string | null {
    return null;
  }

  getMethodName(): string | null {
    return null;
  }

  getThis(): undefined {
    return undefined;
  }

  getFunction(): undefined {
    return undefined;
  }

  getEvalOrigin(): undefined {
    return undefined;
  }

  getPromiseIndex(): number | null {
    return null;
  }

  getScriptHash(): string {
    return "";
  }

  isNative(): boolean {
    return this.#frame.place === null;
  }

  isToplevel(): boolean {
    return true;
  }

  isEval(): boolean {
    return false;
  }

  isConstructor(): boolean {
    return false;
  }

  isAsync(): boolean {
    return false;
  }

  isPromiseAll(): boolean {
    return false;
  }

  toString(): string {
    return frameText(this.#frame);
  }
}
