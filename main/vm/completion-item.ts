/** One suggestion at the cursor. A file of its own, because code inside the VM names it too. */
export interface Completion {
  readonly label: string;
  readonly kind: "property" | "method" | "variable" | "keyword" | "class" | "module";
  /** What it is: of a member with typings its signature, else the type of its value. */
  readonly detail?: string;
  /** What it does, in a sentence, where the typings say so. */
  readonly summary?: string;
}

/** What a session's runtime finds at the cursor. */
export interface LiveCompletions {
  readonly from: number;
  readonly items: Completion[];
  /** The member that is typed, for typings to add to. */
  readonly member?: {
    /** Specifier of the module whose member it is, if that is certain. */
    readonly module?: string;
    /** Names that lead to it, from the module's exports on, or from the global name on when the module is not known. */
    readonly path: readonly string[];
    readonly prefix: string;
  };
}
