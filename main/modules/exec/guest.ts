import type { GuestFactory } from "../../vm/guest/bridge";
import { encodeArguments } from "../guest/arguments";

const factory: GuestFactory = (bridge) => ({
  run: (...args: unknown[]) => bridge.call("run", ...encodeArguments(args)),
  exec: (...args: unknown[]) => bridge.callAsync("exec", ...encodeArguments(args)),
});

export default factory;
