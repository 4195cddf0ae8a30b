/** A call of a member of a required module, with those arguments that are constants. */
export interface ModuleCall {
  readonly specifier: string;
  /** `readFileSync`, `promises.readFile`; `""` when the module itself is called. */
  readonly member: string;
  /** Text of each argument; a text that only begins constant is cut there and marked. */
  readonly args: readonly (ConstantText | undefined)[];
}

/** What is known of an argument without running the script. */
export interface ConstantText {
  readonly text: string;
  /** Only the beginning is known: `out/${name}.txt` → `out/`. */
  readonly partial: boolean;
}

/** A whole constant; `undefined` for one that is cut. */
export function constant(text: ConstantText | undefined): string | undefined {
  return text === undefined || text.partial ? undefined : text.text;
}

/** Without those that are not known, each once, sorted. */
export function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))].sort();
}
