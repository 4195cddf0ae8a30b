import { readDeclaration } from "../../parameters/read-declaration";
import type { IpcHandlers } from "../router";
import type { HandlerContext } from "./context";

type ParametersHandlers = Pick<IpcHandlers, Extract<keyof IpcHandlers, `parameters.${string}`>>;

/** What scripts declare about themselves. */
export function parametersHandlers({ current }: HandlerContext): ParametersHandlers {
  return {
    "parameters.read": async ({ path, source }) => ({
      declaration: readDeclaration(source ?? (await current.workbench().files.read(path)).content),
    }),
  };
}
