import { isAbsolute, posix, win32 } from "node:path";
import { z } from "zod";
import type { ConfigRemark } from "../record";

const NUL = "\0";

const rootSchema = z.strictObject({
  path: z
    .string()
    .min(1, 'Name a folder or file; "." is the workspace.')
    .refine((path) => !path.includes(NUL), "A path cannot hold a NUL character.")
    .refine(
      (path) => isAbsolute(path) || !path.split(/[\\/]/).includes(".."),
      'A path relative to the workspace cannot go up with ".."; write the absolute path.',
    )
    .describe(
      'Folder or file that scripts may use, relative to the workspace ("." is all of it), or absolute.',
    ),
  access: z
    .enum(["read", "read-write"])
    .default("read")
    .describe("Whether scripts may only read there, or also write and delete."),
});

/** A folder or file that a template grants. */
export type RootGrant = z.infer<typeof rootSchema>;

/** The field `roots` of every module that touches files. Nothing can be written unless the user picks it. */
export const rootsSchema = z
  .array(rootSchema)
  .max(64)
  .default([{ path: ".", access: "read" }])
  .describe(
    "Folders and files that scripts may use. The most specific one decides; everything else is refused.",
  );

const isAnyAbsolute = (path: string): boolean => isAbsolute(path) || win32.isAbsolute(path);

function nameOf(path: string): string {
  if (path === "." || path === "./") return "the workspace";
  return isAnyAbsolute(path) ? path : `./${path.replace(/^\.[\\/]/, "")}`;
}

function placeOf(root: RootGrant): string {
  return posix
    .normalize(root.path)
    .replaceAll("\\", "/")
    .replace(/(?<=.)\/$/, "");
}

function isStrictlyWithin(inner: string, outer: string): boolean {
  if (inner === outer) return false;
  if (outer === ".") return !isAnyAbsolute(inner) && !/^\.\.(\/|$)/.test(inner);
  return inner.startsWith(outer.endsWith("/") ? outer : `${outer}/`);
}

/** Roots that hold another one, the one that decides about its place first. */
function rootsAround(root: RootGrant, roots: readonly RootGrant[]): RootGrant[] {
  return roots
    .filter((other) => isStrictlyWithin(placeOf(root), placeOf(other)))
    .sort((a, b) => lengthOf(b) - lengthOf(a) || (a.access === "read" ? -1 : 1));
}

/**
 * The root without which, or because of which, another one changes nothing; `undefined` when it decides something. The most
 * specific root decides and of two for one place the stricter: reading only, inside a folder that may be written, protects.
 */
function pointlessBeside(root: RootGrant, roots: readonly RootGrant[]): RootGrant | undefined {
  const place = placeOf(root);
  const others = roots.filter((other) => other !== root);
  const twins = others.filter((other) => placeOf(other) === place);
  if (root.access === "read-write") {
    const stricter = twins.find((twin) => twin.access === "read");
    if (stricter !== undefined) return stricter;
  } else if (twins.some((twin) => twin.access === "read-write")) return undefined;
  const earlier = twins.find((twin) => roots.indexOf(twin) < roots.indexOf(root));
  if (earlier !== undefined) return earlier;
  const [around] = rootsAround(root, roots);
  return around?.access === root.access ? around : undefined;
}

/** "." holds every relative place. */
const lengthOf = (root: RootGrant): number => (placeOf(root) === "." ? 0 : placeOf(root).length);

/**
 * What these roots permit, in plain words. A folder that may only be read inside one that may be written is told with that
 * one: it permits nothing, it protects.
 */
export function describeRoots(roots: readonly RootGrant[]): string[] {
  const deciding = roots.filter((root) => pointlessBeside(root, roots) === undefined);
  const protectedIn = (outer: RootGrant): RootGrant[] =>
    deciding.filter((root) => root.access === "read" && rootsAround(root, deciding)[0] === outer);
  return deciding.flatMap((root) => {
    if (root.access === "read") {
      const isProtection = rootsAround(root, deciding)[0]?.access === "read-write";
      return isProtection ? [] : [`read files in ${nameOf(root.path)}`];
    }
    const only = protectedIn(root).map(({ path }) => nameOf(path));
    const exception = only.length === 0 ? "" : `, but only read ${only.join(" and ")}`;
    return [`read, write and delete files in ${nameOf(root.path)}${exception}`];
  });
}

/** Remarks about roots that are valid but risky or pointless. */
export function remarkOnRoots(roots: readonly RootGrant[]): ConfigRemark[] {
  const remarks: ConfigRemark[] = [];
  if (roots.length === 0) {
    remarks.push({
      rule: "no-roots",
      severity: "info",
      message: "No root is granted: every file is refused.",
    });
  }
  for (const root of roots) {
    const absolute = isAnyAbsolute(root.path);
    if (/^(?:[a-z]:)?[\\/]+$/i.test(root.path)) {
      remarks.push({
        rule: "root-is-everything",
        severity: "warning",
        message: `The root ${root.path} is the whole disk.`,
      });
    } else if (absolute) {
      remarks.push({
        rule: "root-outside-workspace",
        severity: "warning",
        message: `The root ${root.path} is outside the workspace.`,
      });
    }
    const decisive = pointlessBeside(root, roots);
    if (decisive !== undefined) {
      remarks.push({
        rule: "root-redundant",
        severity: "info",
        message:
          decisive.access === root.access
            ? `The root ${nameOf(root.path)} adds nothing: ${nameOf(decisive.path)} grants as much already.`
            : `The root ${nameOf(root.path)} grants no writing: another root says that it may only be read.`,
      });
    }
    if (root.access === "read-write" && (root.path === "." || root.path === "./")) {
      remarks.push({
        rule: "whole-workspace-writable",
        severity: "warning",
        message:
          "Scripts may change every file of the workspace, templates and scripts too. Grant a folder instead.",
      });
    }
  }
  return remarks;
}
