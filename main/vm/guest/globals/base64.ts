import type { InternalHost } from "../environment";
import { IntrinsicString } from "../primordials";
import { codedTypeError, defineGlobal } from "./define";
import { domException } from "./dom-exception";

/** `atob` and `btoa`; the work and the messages are Node's own. */
export function installBase64(host: InternalHost): void {
  const convert = (name: "atob" | "btoa", count: number, input: unknown): string => {
    if (count === 0) throw codedTypeError("ERR_MISSING_ARGS", 'The "input" argument must be specified');
    const result = host.call(name, IntrinsicString(input)) as readonly [text: string, refused: boolean];
    if (result[1]) throw domException(result[0], "InvalidCharacterError");
    return result[0];
  };
  // Functions and not arrows: Node's have a prototype.
  function atob(input: unknown): string {
    return convert("atob", arguments.length, input);
  }
  function btoa(input: unknown): string {
    return convert("btoa", arguments.length, input);
  }
  defineGlobal("atob", atob, true);
  defineGlobal("btoa", btoa, true);
}
