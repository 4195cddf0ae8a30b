import type { ExecutionRequest } from "../../shared/model/execution";
import { CliSession, type RunOptions } from "./cli-session";
import { exitCodeOf, type ExitCode } from "./exit-code";
import type { Output } from "./output";

/** `run` and `eval`: one session, one execution. */
export function runOnce(request: ExecutionRequest, options: RunOptions, output: Output): Promise<ExitCode> {
  return CliSession.use(options, output, async (session) => exitCodeOf(await session.run(request)));
}
