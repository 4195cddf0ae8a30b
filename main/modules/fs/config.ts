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

function nameOf(path: string): string {
  if (path === "." || path === "./") return "the workspace";
  return isAbsolute(path) || win32.isAbsolute(path) ? path : `./${path.replace(/^\.[\\/]/, "")}`;
}

/** What these roots permit, in plain words. */
export function describeRoots(roots: readonly RootGrant[]): string[] {
  return roots.map((root) =>
    root.access === "read"
      ? `read files in ${nameOf(root.path)}`
      : `read, write and delete files in ${nameOf(root.path)}`,
  );
}

/** Whether a root grants everything that another one does; of two equal ones the later is pointless. */
function makesPointless(wide: RootGrant, narrow: RootGrant, roots: readonly RootGrant[]): boolean {
  if (wide.access === "read" && narrow.access === "read-write") return false;
  const [outer, inner] = [posix.normalize(wide.path), posix.normalize(narrow.path)].map((path) =>
    path.replaceAll("\\", "/").replace(/(?<=.)\/$/, ""),
  );
  if (outer === undefined || inner === undefined) return false;
  if (outer === inner && wide.access === narrow.access) return roots.indexOf(wide) < roots.indexOf(narrow);
  const isRelative = !isAbsolute(inner) && !win32.isAbsolute(inner) && !/^\.\.(\/|$)/.test(inner);
  return outer === inner || (outer === "." ? isRelative : inner.startsWith(`${outer}/`));
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
    const absolute = isAbsolute(root.path) || win32.isAbsolute(root.path);
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
    const wider = roots.find((other) => other !== root && makesPointless(other, root, roots));
    if (wider !== undefined) {
      remarks.push({
        rule: "root-redundant",
        severity: "info",
        message: `The root ${nameOf(root.path)} adds nothing: ${nameOf(wider.path)} grants as much already.`,
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
