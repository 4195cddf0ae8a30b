import { z } from "zod";

export const templateIdSchema = z.uuid().brand<"TemplateId">();

export const sessionIdSchema = z.uuid().brand<"SessionId">();
export type SessionId = z.infer<typeof sessionIdSchema>;

export const executionIdSchema = z.uuid().brand<"ExecutionId">();
export type ExecutionId = z.infer<typeof executionIdSchema>;
