import { z } from "zod";

/** Every stable error code that a user can meet. Tests, the command line and the window rely on these names. */
export const ERROR_CODES = [
  "INVALID_REQUEST",
  "VALIDATION_ERROR",
  "TEMPLATE_NOT_FOUND",
  "TEMPLATE_INVALID",
  "TEMPLATE_NAME_TAKEN",
  "TEMPLATE_CONFLICT",
  "SESSION_NOT_FOUND",
  "SESSION_NOT_READY",
  "SESSION_BUSY",
  "EXECUTION_NOT_FOUND",
  "FILE_NOT_FOUND",
  "FILE_CONFLICT",
  "INVALID_PATH",
  "MODULE_NOT_ALLOWED",
  "MODULE_NOT_ENABLED",
  "MODULE_NOT_FOUND",
  "PERMISSION_DENIED",
  "LIBRARY_NOT_FOUND",
  "STARTUP_FAILED",
  "CPU_LIMIT_EXCEEDED",
  "WALL_LIMIT_EXCEEDED",
  "MEMORY_LIMIT_EXCEEDED",
  "STACK_LIMIT_EXCEEDED",
  "OUTPUT_LIMIT_EXCEEDED",
  "EXECUTION_CANCELLED",
  "ENGINE_CRASHED",
  "WORKSPACE_UNAVAILABLE",
  "STORAGE_UNAVAILABLE",
  "INTERNAL",
] as const;

export const errorCodeSchema = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Structured facts that belong to an error (names, paths, nearest matches). JSON only. */
export const errorDetailsSchema = z.record(z.string(), z.json());
export type ErrorDetails = z.infer<typeof errorDetailsSchema>;

/** An error as it crosses process borders and as it is stored. */
export const serializedErrorSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  details: errorDetailsSchema.optional(),
});
export type SerializedError = z.infer<typeof serializedErrorSchema>;

/** An error that a user can cause: a stable code, a sentence that says what to do, and details. */
export class WorkbenchError extends Error {
  override readonly name = "WorkbenchError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ErrorDetails,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  toJSON(): SerializedError {
    return this.details === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, details: this.details };
  }
}

/** Rebuilds the error that {@link serializeError} took apart. */
export function deserializeError(error: SerializedError): WorkbenchError {
  return new WorkbenchError(error.code, error.message, error.details);
}

/**
 * Turns anything thrown into its serialised form. What is not a {@link WorkbenchError} becomes `INTERNAL` with a
 * sentence, never a raw stack: the caller logs the original.
 */
export function serializeError(thrown: unknown): SerializedError {
  if (thrown instanceof WorkbenchError) return thrown.toJSON();
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "INTERNAL", message: `Something went wrong inside the workbench: ${message}` };
}
