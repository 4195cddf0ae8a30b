import type { GuestFactory } from "../../vm/guest/bridge";

const factory: GuestFactory = (bridge) => {
  const { functions, constants, exposed } = bridge.call("describe") as {
    functions: string[];
    constants: string[];
    exposed: string[];
  };
  const os: Record<string, unknown> = {};
  for (const name of functions) {
    os[name] = Object.defineProperty(() => bridge.call(name), "name", { value: name });
  }
  for (const name of constants) {
    // Not enumerable when it is refused: `import os from "os"` reads every enumerable member.
    if (exposed.includes(name)) os[name] = bridge.call(name);
    else Object.defineProperty(os, name, { get: () => bridge.call(name), configurable: true });
  }
  return os;
};

export default factory;
