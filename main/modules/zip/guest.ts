import type { GuestFactory } from "../../vm/guest/bridge";
import { encodeArguments } from "../guest/arguments";

interface BufferModule {
  readonly Buffer: { from(data: ArrayBufferLike, offset: number, length: number): Uint8Array };
}
interface WireEntry {
  readonly modifiedMs: number;
}

const factory: GuestFactory = (bridge) => {
  const ask = (name: string, args: readonly unknown[]): Promise<unknown> =>
    bridge.callAsync(name, ...encodeArguments(args));
  return {
    list: async (...args: unknown[]) => {
      const entries = (await ask("list", args)) as WireEntry[];
      return entries.map(({ modifiedMs, ...entry }) => ({ ...entry, modified: new Date(modifiedMs) }));
    },
    read: async (...args: unknown[]) => {
      const content = await ask("read", args);
      if (!(content instanceof Uint8Array)) return content;
      const { Buffer } = bridge.internal("buffer") as BufferModule;
      return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    },
    create: (...args: unknown[]) => ask("create", args),
    extract: (...args: unknown[]) => ask("extract", args),
  };
};

export default factory;
