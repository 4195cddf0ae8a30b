/** One suggestion at the cursor. A file of its own, because code inside the VM names it too. */
export interface Completion {
  readonly label: string;
  readonly kind: "property" | "method" | "variable" | "keyword" | "class" | "module";
  readonly detail?: string;
}
