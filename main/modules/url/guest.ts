import type { GuestFactory } from "../../vm/guest/bridge";
import { encodeArguments } from "../guest/arguments";

interface UrlClass {
  new (url: string): object;
}
interface Globals {
  readonly URL: UrlClass;
  readonly URLSearchParams: unknown;
}

const factory: GuestFactory = (bridge) => {
  // The VM's own classes, so that `new URL(…) instanceof require("url").URL`. ECMAScript's types do not know them.
  const { URL, URLSearchParams } = globalThis as unknown as Globals;
  const ask =
    (name: string) =>
    (...args: unknown[]): string =>
      bridge.call(name, ...encodeArguments(args)) as string;
  const toHref = ask("pathToFileURL");
  return {
    URL,
    URLSearchParams,
    fileURLToPath: ask("fileURLToPath"),
    pathToFileURL: (...args: unknown[]) => new URL(toHref(...args)),
    domainToASCII: ask("domainToASCII"),
    domainToUnicode: ask("domainToUnicode"),
  };
};

export default factory;
