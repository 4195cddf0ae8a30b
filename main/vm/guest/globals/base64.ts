import type { InternalHost } from "../environment";
import { IntrinsicString } from "../primordials";
import { codedTypeError, defineGlobal } from "./define";
import { domException } from "./dom-exception";

/** `atob` and `btoa`; the work is Node's own. */
export function installBase64(host: InternalHost): void {
  const make = (name: "atob" | "btoa", error: string): ((input?: unknown) => string) => {
    const convert = {
      [name](...args: [unknown?]): string {
        if (args.length === 0)
          throw codedTypeError("ERR_MISSING_ARGS", 'The "input" argument must be specified');
        const result = host.call(name, IntrinsicString(args[0]));
        if (typeof result !== "string") throw domException(error, "InvalidCharacterError");
        return result;
      },
    }[name] as (input?: unknown) => string;
    return convert;
  };
  defineGlobal("atob", make("atob", "The string to be decoded is not correctly encoded."), true);
  defineGlobal("btoa", make("btoa", "Invalid character"), true);
}
