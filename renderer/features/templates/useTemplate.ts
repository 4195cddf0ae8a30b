import { useEffect, useMemo } from "react";
import { templateSchema, type Template } from "../../../shared/model/template";
import type { Remark, TemplateProblem } from "../../../shared/ipc/templates";
import { useValue, useWorkbench } from "../../state/context";
import { isDirty } from "../../state/documents";
import { type JsonChange } from "../../../shared/model/json-change";
import { readJson, valueAt } from "../../state/jsonText";
import { templatePath, type TemplateCheck } from "../../state/templateEditing";

/** Where a template's value is in the text. */
export type TemplatePath = readonly (string | number)[];

/** A template as the form sees it: values read from the text, acts that edit the text. */
export interface TemplateForm {
  readonly file: string;
  /** The text can be read, so the form may change it. */
  readonly isEditable: boolean;
  /** The JSON value of the text, as far as it can be read. */
  readonly value: unknown;
  readonly problems: readonly TemplateProblem[];
  readonly remarks: readonly Remark[];
  /** The value written in the text, else its default. */
  get(path: TemplatePath): unknown;
  /** Whether the text says something there. */
  has(path: TemplatePath): boolean;
  set(path: TemplatePath, value: unknown, step?: string): void;
  change(changes: readonly JsonChange[], step?: string): void;
  /** Takes the value out of the text, so that its default applies. */
  reset(path: TemplatePath): void;
  problemAt(path: TemplatePath): string | undefined;
  remarksAt(path: TemplatePath): readonly Remark[];
}

/** The defaults of every field, from the one schema of templates. */
const DEFAULTS: Template = templateSchema.parse({
  id: "00000000-0000-4000-8000-000000000000",
  name: "Template",
});

export const defaultAt = (path: TemplatePath): unknown => valueAt(DEFAULTS, [...path]);

const startsWith = (path: TemplatePath, start: TemplatePath) =>
  start.every((key, index) => path[index] === key);
/** Messages name their place for lists of problems; beside the field that is noise. */
const withoutPlace = ({ path, error }: TemplateProblem): string =>
  path[0] !== undefined && error.message.startsWith(String(path[0]))
    ? error.message.replace(/^\S+: (?=\S)/, "")
    : error.message;

export interface TemplateDocumentState {
  readonly status: "loading" | "ready" | "missing" | "failed";
  readonly text: string;
  readonly dirty: boolean;
  readonly conflict: { readonly text: string } | null;
  readonly error: string | undefined;
  readonly check: TemplateCheck | undefined;
}

/** Watches a template while the part is shown. */
export function useTemplateDocument(file: string): TemplateDocumentState {
  const { documents, templateEditing } = useWorkbench();
  const path = templatePath(file);
  const document = useValue(documents.store, (state) => state.documents[path]);
  const check = useValue(templateEditing.store, (state) => state.checks[file]);
  const isClosed = document === undefined;
  // Closing the same file's source tab releases the document: it is opened again.
  useEffect(() => templateEditing.watch(file), [templateEditing, file, isClosed]);
  return {
    status: document?.state ?? "loading",
    text: document?.text ?? "",
    dirty: isDirty(document),
    conflict: document?.conflict ?? null,
    error: document?.error?.message,
    check,
  };
}

/** The form over a text. */
export function useTemplateForm(
  file: string,
  text: string,
  check: TemplateCheck | undefined,
  isReadOnly: boolean,
): TemplateForm {
  const { templateEditing } = useWorkbench();
  return useMemo(() => {
    const { value, isWhole } = readJson(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    const problems = check?.problems ?? [];
    const remarks = check?.remarks ?? [];
    const written = (path: TemplatePath) => valueAt(value, [...path]);
    return {
      file,
      isEditable: isWhole && isObject && !isReadOnly,
      value,
      problems,
      remarks,
      get: (path) => written(path) ?? defaultAt(path),
      has: (path) => written(path) !== undefined,
      set: (path, next, step) => templateEditing.change(file, [{ path: [...path], value: next }], step),
      change: (changes, step) => templateEditing.change(file, changes, step),
      reset: (path) => templateEditing.change(file, [{ path: [...path], value: undefined }]),
      problemAt(path) {
        const problem = problems.find((each) => startsWith(each.path, path));
        return problem === undefined ? undefined : withoutPlace(problem);
      },
      remarksAt: (path) => remarks.filter((remark) => startsWith(remark.path, path)),
    };
  }, [file, text, check, isReadOnly, templateEditing]);
}
