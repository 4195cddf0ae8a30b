import { posix, win32 } from "node:path";
import * as nodeUrl from "node:url";
import { decodeArguments, UrlArgument } from "../arguments";
import { hasEndlessHost, isEndlessHost } from "../../vm/inspect/url-host";
import type { HostContext, HostModule } from "../record";

type NodeFunction = "fileURLToPath" | "pathToFileURL" | "domainToASCII" | "domainToUnicode";

/** Calls one of Node's functions with whatever a script passed: Node judges the arguments. */
function callNode(name: NodeFunction, args: readonly unknown[]): unknown {
  return (nodeUrl[name] as (...args: readonly unknown[]) => unknown)(...args);
}

/** Host half of `url`: the conversions between paths and URLs depend on the platform, so Node does them. */
export function createUrlHost(context: HostContext): HostModule {
  const decode = (wire: readonly unknown[]): unknown[] =>
    decodeArguments(wire).map((argument) => {
      const text = argument instanceof UrlArgument ? argument.text : argument;
      if (typeof text === "string" && hasEndlessHost(text))
        throw Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" });
      return argument instanceof UrlArgument ? new URL(argument.text) : argument;
    });
  /** As Node answers for a domain that is none. */
  const convert = (name: "domainToASCII" | "domainToUnicode", wire: readonly unknown[]): string => {
    const args = decodeArguments(wire);
    const [domain] = args;
    return typeof domain === "string" && isEndlessHost(domain) ? "" : String(callNode(name, args));
  };
  /** An absolute path in the form that the options ask for: Node would count from the application's own folder. */
  const fromWorkspace = (path: unknown, options: unknown): unknown => {
    if (typeof path !== "string") return path;
    const asked =
      typeof options === "object" && options !== null && "windows" in options ? options.windows : undefined;
    const platform = (asked ?? process.platform === "win32") ? win32 : posix;
    if (platform.isAbsolute(path)) return path;
    return path === "" ? context.workspaceRoot : context.workspaceRoot + platform.sep + path;
  };
  return {
    functions: {
      fileURLToPath: (...wire: unknown[]) => String(callNode("fileURLToPath", decode(wire))),
      pathToFileURL: (...wire: unknown[]) => {
        const [path, ...rest] = decode(wire);
        const url = callNode("pathToFileURL", [fromWorkspace(path, rest[0]), ...rest]);
        return (url as URL).href;
      },
      domainToASCII: (...wire: unknown[]) => convert("domainToASCII", wire),
      domainToUnicode: (...wire: unknown[]) => convert("domainToUnicode", wire),
    },
  };
}
