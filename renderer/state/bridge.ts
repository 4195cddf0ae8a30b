import type { IpcEnvelope, IpcOutput, WorkbenchApi, WorkbenchBridge } from "../../shared/ipc/contract";
import type { IpcEventPayload } from "../../shared/ipc/events";

/** The contract over the text that crosses the context bridge. Main checked everything before it wrote it. */
export function openBridge(bridge: WorkbenchBridge): WorkbenchApi {
  return {
    request: async <Name extends Parameters<WorkbenchApi["request"]>[0]>(name: Name, input: unknown) =>
      JSON.parse(await bridge.request(name, input)) as IpcEnvelope<IpcOutput<Name>>,
    on: (name, listener) =>
      bridge.on(name, (payload) => listener(JSON.parse(payload) as IpcEventPayload<typeof name>)),
  };
}
