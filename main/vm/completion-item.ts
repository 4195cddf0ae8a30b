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
export interface LiveCompletions extends FoundCompletions {
  readonly from: number;
}

/** What code inside the VM finds. */
export interface FoundCompletions {
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

/** Class of a literal, whose prototype says what members it has. */
export type LiteralClass = "Array" | "BigInt" | "Boolean" | "Number" | "Object" | "RegExp" | "String";

/** Where the way to a member begins: at a global name, at a literal, at what a module exports. */
export type PlaceRoot =
  { readonly name: string } | { readonly literal: LiteralClass } | { readonly module: string };

/** What is being typed at the cursor. */
export type CompletionPlace =
  | {
      readonly kind: "member";
      readonly root: PlaceRoot;
      /** Names of the members that lead to the one that is typed. */
      readonly path: readonly string[];
      readonly prefix: string;
      /** `value["na`, where any name can stand. */
      readonly quoted: boolean;
    }
  | { readonly kind: "name"; readonly prefix: string }
  /** The specifier of a module. */
  | { readonly kind: "module"; readonly prefix: string }
  | { readonly kind: "nothing" };
