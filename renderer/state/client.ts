import type { IpcInput, IpcOutput, IpcRequestName, WorkbenchApi } from "../../shared/ipc/contract";
import { deserializeError } from "../../shared/model/error";

/** The window's way to main: every other part of the page goes through it. */
export interface Client {
  /** Throws the `WorkbenchError` that main answered with. */
  request<Name extends IpcRequestName>(name: Name, input: IpcInput<Name>): Promise<IpcOutput<Name>>;
  on: WorkbenchApi["on"];
  /** Ends every subscription. */
  dispose(): void;
}

/** Unwraps the envelope in which answers travel. */
export function createClient(api: WorkbenchApi): Client {
  const subscriptions = new Set<() => void>();
  return {
    async request(name, input) {
      const envelope = await api.request(name, input);
      if (!envelope.ok) throw deserializeError(envelope.error);
      return envelope.value;
    },
    on(name, listener) {
      const end = api.on(name, listener);
      subscriptions.add(end);
      return () => {
        subscriptions.delete(end);
        end();
      };
    },
    dispose() {
      for (const end of subscriptions) end();
      subscriptions.clear();
    },
  };
}
