import type { TemplateEntry } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { TEMPLATE_FILE_SUFFIX, type Template } from "../../shared/model/template";
import { templateError } from "./parse";

/* Why a template cannot be found, used, written or stored. */

/** `TEMPLATE_NOT_FOUND`; `names` are those that there are. */
export function notFound(name: string, names: readonly string[] = []): WorkbenchError {
  const hint = names.length === 0 ? "" : ` Templates: ${names.slice(0, 20).join(", ")}.`;
  return new WorkbenchError(
    "TEMPLATE_NOT_FOUND",
    `There is no template "${name}" in this workspace.${hint}`,
    { template: name },
  );
}

/** The template of an entry that can be used; throws what is wrong with it otherwise. */
export function usable(entry: TemplateEntry): Template {
  if (entry.state === "ok" && entry.template !== undefined) return entry.template;
  throw templateError(entry.file, entry.problems);
}

/** The file holds another text than the writer started from. */
export function conflict(file: string, hash: string): WorkbenchError {
  const message = `${file} was changed on the disk meanwhile. Compare the two and decide which to keep.`;
  return new WorkbenchError("TEMPLATE_CONFLICT", message, { file, hash });
}

/** The file that the writer started from is gone. */
export function deletedMeanwhile(file: string): WorkbenchError {
  const message = `${file} was deleted on the disk meanwhile. Save it again to bring it back, or close it.`;
  return new WorkbenchError("TEMPLATE_CONFLICT", message, { file, deleted: true });
}

/** Throws `PERMISSION_DENIED` for a file that is marked read-only, and what is wrong with a newer one. */
export function mustBeWritable(entry: TemplateEntry): void {
  if (entry.state === "newer") throw templateError(entry.file, entry.problems);
  if (!entry.readOnly) return;
  const message = `${entry.file} is read-only. Make the file writable, or duplicate the template.`;
  throw new WorkbenchError("PERMISSION_DENIED", message, { file: entry.file });
}

/** Throws `INVALID_PATH` for what is not the plain name of a template file. */
export function checkFileName(file: string): void {
  if (/^[^/\\\0]+$/.test(file) && file.endsWith(TEMPLATE_FILE_SUFFIX) && file !== TEMPLATE_FILE_SUFFIX)
    return;
  const message = `"${file}" is not the name of a template file; it ends with ${TEMPLATE_FILE_SUFFIX} and holds no slash.`;
  throw new WorkbenchError("INVALID_PATH", message, { file });
}

/** Throws `TEMPLATE_NAME_TAKEN` or `TEMPLATE_CONFLICT` when another file has the template's name or id. */
export function checkUnique(template: Template, others: readonly TemplateEntry[]): void {
  const sameName = others.find((other) => other.name.toLowerCase() === template.name.toLowerCase());
  if (sameName !== undefined) {
    const message = `The template in ${sameName.file} is named "${sameName.name}" already. Choose another name.`;
    throw new WorkbenchError("TEMPLATE_NAME_TAKEN", message, { name: template.name, file: sameName.file });
  }
  const sameId = others.find((other) => other.template?.id === template.id);
  if (sameId !== undefined) {
    const message = `The template in ${sameId.file} has the same id. Duplicate it instead, which gives the copy its own.`;
    throw new WorkbenchError("TEMPLATE_CONFLICT", message, { file: sameId.file, id: template.id });
  }
}
