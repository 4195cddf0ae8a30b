/** A symbol that prints like the described one; it is a fresh one, so it means nothing to anybody. */
export function reviveSymbol(description: string | null): symbol {
  return description === null ? Symbol() : Symbol(description);
}
