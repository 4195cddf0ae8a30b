/** `.d.ts` text of the module `yaml`. */
export const typings = `declare module "yaml" {
  export interface ParseOptions {
    /** Integers become bigint. Default false. */
    intAsBigInt?: boolean;
    /** Mappings become Map objects instead of plain ones. Default false. */
    mapAsMap?: boolean;
    /** How many nodes aliases may resolve to before the text is refused; -1 for any. Default 100. */
    maxAliasCount?: number;
    /** Whether \`<<\` merges mappings. Default false (true in YAML 1.1). */
    merge?: boolean;
    schema?: "core" | "failsafe" | "json" | "yaml-1.1";
    /** Whether strict checks of the specification are made. Default true. */
    strict?: boolean;
    /** Whether a key that appears twice is an error. Default true. */
    uniqueKeys?: boolean;
    version?: "1.1" | "1.2";
  }
  export interface StringifyOptions {
    /** Whether an object that appears twice becomes an anchor and an alias. Default true. */
    aliasDuplicateObjects?: boolean;
    collectionStyle?: "any" | "block" | "flow";
    /** Spaces per level, 1 to 16. Default 2. */
    indent?: number;
    /** Whether sequences inside mappings are indented. Default true. */
    indentSeq?: boolean;
    /** Whether entries whose value is undefined are kept, as null. Default false. */
    keepUndefined?: boolean;
    /** Where long lines are folded; 0 never folds. Default 80. */
    lineWidth?: number;
    /** Text for null. Default "null". */
    nullStr?: string;
    /** Single quotes instead of double ones. */
    singleQuote?: boolean;
    /** Whether keys are sorted instead of kept in order. Default false. */
    sortMapEntries?: boolean;
  }
  export interface Problem {
    message: string;
    /** Stable code, such as "BAD_INDENT" or "DUPLICATE_KEY". */
    code: string;
    /** Counts from 1. */
    line: number;
    /** Counts from 1. */
    column: number;
  }
  export interface Validation {
    valid: boolean;
    errors: Problem[];
    warnings: Problem[];
  }
  export function parse(text: string, options?: ParseOptions): any;
  export function parseAll(text: string, options?: ParseOptions): any[];
  export function stringify(value: unknown, options?: StringifyOptions): string;
  export function validate(text: string, options?: ParseOptions): Validation;
}
`;
