/** Marks the branch of a closed union that cannot be reached; the compiler proves it. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
