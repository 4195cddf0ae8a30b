import { encodeArguments } from "../guest/arguments";
import type { HostModule, WireValue } from "../record";

/** What a call of a host half gave or threw, as the VM would see it. */
export interface HostAnswer {
  readonly value?: WireValue | void;
  readonly error?: Record<string, unknown>;
}

function describeError(thrown: unknown): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  return { ...thrown, name: thrown.name, message: thrown.message };
}

type AnyFunction = (...args: readonly unknown[]) => WireValue | void | Promise<WireValue | void>;

/** Calls functions of a host half as its guest half does, arguments described for the wire. Never throws. */
export function callHost(host: HostModule): (name: string, ...args: unknown[]) => HostAnswer {
  return (name, ...args) => {
    try {
      const value = (host.functions[name] as unknown as AnyFunction)(...encodeArguments(args));
      if (value instanceof Promise) throw new Error(`${name} gives a promise: use callHostAsync.`);
      return { value };
    } catch (thrown) {
      return { error: describeError(thrown) };
    }
  };
}

/** As `callHost`, for functions that give promises. */
export function callHostAsync(host: HostModule): (name: string, ...args: unknown[]) => Promise<HostAnswer> {
  return async (name, ...args) => {
    try {
      return { value: await (host.functions[name] as unknown as AnyFunction)(...encodeArguments(args)) };
    } catch (thrown) {
      return { error: describeError(thrown) };
    }
  };
}
