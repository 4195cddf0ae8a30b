import { WorkbenchError } from "../../shared/model/error";
import type { ExecutionRequest } from "../../shared/model/execution";
import { CliSession, type RunOptions } from "./cli-session";
import { EXIT, exitCodeOf, exitCodeOfError, type ExitCode } from "./exit-code";
import type { Output } from "./output";

/** `run` and `eval`: one session, one execution. */
export async function runOnce(
  request: ExecutionRequest,
  options: RunOptions,
  output: Output,
): Promise<ExitCode> {
  const session = await CliSession.open(options, output);
  try {
    const { failure } = session;
    if (failure instanceof WorkbenchError) {
      output.thrown(failure);
      return exitCodeOfError(failure.code);
    }
    if (failure !== undefined) {
      session.print(failure);
      return Math.max(EXIT.scriptFailed, exitCodeOf(failure)) as ExitCode;
    }
    return exitCodeOf(await session.run(request));
  } finally {
    await session.close();
  }
}
