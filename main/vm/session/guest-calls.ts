import { WorkbenchError } from "../../../shared/model/error";
import type { Completion, Engine, Handle, Primitive } from "../engine/engine";

type Argument = Primitive | Handle;

/** Calls functions of the prelude. Handles among the arguments stay the caller's. */
export class GuestCalls {
  constructor(private readonly engine: Engine) {}

  /** For its effect, whatever comes of it. */
  tell(fn: Handle, ...args: readonly Argument[]): void {
    this.call(fn, ...args)?.dispose();
  }

  /** For its effect; gives what it threw. */
  call(fn: Handle, ...args: readonly Argument[]): Handle | undefined {
    const completion = this.engine.call(fn, ...args);
    if (!completion.ok) return completion.error;
    completion.value.dispose();
    return undefined;
  }

  /** Its number; -1 when it gives none. */
  number(fn: Handle): number {
    const value = this.take(this.engine.call(fn));
    return typeof value === "number" ? value : -1;
  }

  /** Its text, outside of an execution. Throws `INVALID_REQUEST` when it threw. */
  text(fn: Handle, ...args: readonly (string | number)[]): string {
    const completion = this.engine.call(fn, ...args);
    if (completion.ok) {
      const value = this.take(completion);
      return typeof value === "string" ? value : "";
    }
    const message = this.engine.getProperty(completion.error, "message");
    completion.error.dispose();
    const text = this.engine.toPrimitive(message);
    message.dispose();
    throw new WorkbenchError(
      "INVALID_REQUEST",
      typeof text === "string" ? text : "The value cannot be read.",
    );
  }

  /** The primitive in a completion, which is disposed of; `undefined` for everything else. */
  take(completion: Completion): Primitive {
    const handle = completion.ok ? completion.value : completion.error;
    const value = completion.ok ? this.engine.toPrimitive(handle) : undefined;
    handle.dispose();
    return value;
  }
}
