import type { HostContext } from "../../modules/record";
import type { RunningExecution } from "../execution";
import type { RuntimeSpec } from "../session-runtime";
import type { Limits } from "../../../shared/model/template";

/** The limit on a session's memory, in bytes. */
export function memoryBytesOf({ memoryMb }: Pick<Limits, "memoryMb">): number {
  return memoryMb * 1024 * 1024;
}

/** What the host half of a native module knows of its session and of the execution that runs. */
export function hostContext(
  moduleName: string,
  { workspaceRoot, sessionId, template }: RuntimeSpec,
  running: () => RunningExecution | undefined,
  trackProcess: HostContext["trackProcess"],
): HostContext {
  const noSignal = new AbortController();
  return {
    workspaceRoot,
    sessionId,
    memoryBytes: memoryBytesOf(template.limits),
    executionSignal: () => running()?.signal ?? noSignal.signal,
    remainingMs: () => running()?.remainingMs ?? 0,
    remainingCpuMs: () => running()?.remainingCpuMs ?? 0,
    mustStop: () => running()?.mustStop() ?? true,
    ...(trackProcess === undefined ? {} : { trackProcess }),
    emit: ({ type, text, source: given }) => {
      const source = given === "" ? moduleName : given;
      running()?.add({ type, payload: { text, source } }, text, (kept) => ({
        type,
        payload: { text: kept, source },
      }));
    },
  };
}
