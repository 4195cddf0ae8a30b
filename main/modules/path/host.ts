import { win32 } from "node:path";
import { minimatch } from "minimatch";
import { decodeAsOne } from "../arguments";
import type { HostContext, HostModule } from "../record";

type WindowsFunction = "normalize" | "join" | "resolve" | "relative";

/** Calls one of Node's functions with whatever a script passed: Node judges the arguments. */
function callNode(name: WindowsFunction, args: readonly unknown[]): string {
  return (win32[name] as (...args: readonly unknown[]) => string)(...args);
}

/** Arguments of a call: texts as they are, anything else described in one argument. */
function argumentsOf(wire: readonly unknown[]): readonly unknown[] {
  return wire.every((argument) => typeof argument === "string") ? wire : decodeAsOne(wire[0]);
}

function matchesGlob(path: string, pattern: string, platform: "posix" | "win32"): boolean {
  // The options with which Node's own path.matchesGlob calls the same package.
  return minimatch(path, pattern, {
    nocase: process.platform === "win32" || process.platform === "darwin",
    windowsPathsNoEscape: true,
    nonegate: true,
    nocomment: true,
    optimizationLevel: 2,
    platform: platform === "win32" ? "win32" : "linux",
    nocaseMagicOnly: true,
  });
}

/** Host half of `path`: the current folder of a session is its workspace, and Node answers what only Node knows. */
export function createPathHost(context: HostContext): HostModule {
  const cwd = context.workspaceRoot;
  const absolute = (path: unknown): unknown => (typeof path === "string" ? win32.resolve(cwd, path) : path);
  return {
    functions: {
      environment: () => ({ cwd, windows: process.platform === "win32" }),
      normalize: (...wire: unknown[]) => callNode("normalize", argumentsOf(wire)),
      join: (...wire: unknown[]) => callNode("join", argumentsOf(wire)),
      resolve: (...wire: unknown[]) => {
        const args = argumentsOf(wire);
        // First alone, so that a complaint counts the arguments as the script does.
        callNode("resolve", args);
        return callNode("resolve", [cwd, ...args]);
      },
      relative: (...wire: unknown[]) => {
        const [from, to] = argumentsOf(wire);
        return callNode("relative", [absolute(from), absolute(to)]);
      },
      toNamespacedPath: (path: unknown) => {
        const text = String(path);
        if (text === "" || win32.resolve(cwd, text).length <= 2) return text;
        return win32.toNamespacedPath(win32.resolve(cwd, text));
      },
      matchesPosixGlob: (path: unknown, pattern: unknown) =>
        matchesGlob(String(path), String(pattern), "posix"),
      matchesWindowsGlob: (path: unknown, pattern: unknown) =>
        matchesGlob(String(path), String(pattern), "win32"),
    },
  };
}
