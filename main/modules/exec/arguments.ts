import { z } from "zod";

const text = z.string().refine((value) => !value.includes("\0"), "must not hold a NUL character");

const optionsSchema = z.strictObject({
  cwd: text.optional(),
  env: z
    .record(
      text.refine((name) => name !== "" && !name.includes("="), 'must have names without "="'),
      text,
    )
    .optional(),
  input: z.union([z.string(), z.instanceof(Uint8Array)]).optional(),
  timeoutMs: z
    .number()
    .positive()
    .max(2 ** 31 - 1)
    .optional(),
});

const callSchema = z.tuple([
  text.min(1, "must not be empty"),
  z
    .array(text)
    .nullish()
    .transform((args) => args ?? []),
  optionsSchema.nullish().transform((options) => options ?? {}),
]);

export interface CommandCall {
  readonly command: string;
  readonly args: string[];
  readonly options: z.infer<typeof optionsSchema>;
}

const NAMES = ["command", "args", "options"];

/** Checks what a script passed. Throws a `TypeError` (`ERR_INVALID_ARG_TYPE`) that names the argument. */
export function parseCall(name: "run" | "exec", args: readonly unknown[]): CommandCall {
  const parsed = callSchema.safeParse([args[0], args[1], args[2]]);
  if (parsed.success) {
    const [command, commandArgs, options] = parsed.data;
    return { command, args: commandArgs, options };
  }
  const issue = parsed.error.issues[0];
  const [position, ...rest] = issue?.path ?? [];
  const place = [NAMES[Number(position ?? 0)], ...rest].join(".");
  const error = new TypeError(
    `exec.${name}: the argument "${place}" is not valid: ${issue?.message ?? "wrong type"}.`,
  );
  throw Object.assign(error, { code: "ERR_INVALID_ARG_TYPE" });
}
