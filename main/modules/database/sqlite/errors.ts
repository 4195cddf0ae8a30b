/** An error of SQLite or of the rules around it. `code` is SQLite's name, such as `SQLITE_CONSTRAINT_UNIQUE`. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** The configuration forbids it. */
export function denied(message: string): DatabaseError {
  return new DatabaseError(message, "PERMISSION_DENIED");
}
