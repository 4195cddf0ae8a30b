import type { z } from "zod";

/** One request of the contract: what it takes and what it gives back. */
export interface RequestDefinition<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  readonly input: Input;
  readonly output: Output;
}

/** Declares a request; both sides derive their types from it and validate with it. */
export function request<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): RequestDefinition<Input, Output> {
  return { input, output };
}
