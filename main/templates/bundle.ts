import { z } from "zod";
import type { TemplateEntry } from "../../shared/ipc/templates";
import { isRecord } from "../../shared/model/json-change";
import { TEMPLATE_FILE_SUFFIX, type Template } from "../../shared/model/template";
import { templateChecksum } from "./canonical";
import { formatJson, parseJsonText } from "./json-text";
import { usable } from "./refusals";

/** First key of a bundle, by which it is recognised. */
export const BUNDLE_FORMAT = "vm-workbench-templates";
export const BUNDLE_VERSION = 1;

/** A file that carries templates from one workspace to another; each with the checksum that it had. */
export const bundleSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal(BUNDLE_VERSION),
  templates: z.array(
    z.strictObject({
      file: z.string().max(400),
      checksum: z.string().max(200).optional(),
      // Checked like any template file, so that a fault is reported for the one template that has it.
      template: z.unknown(),
    }),
  ),
});

/** Text of a bundle with these templates. Throws what is wrong with one that cannot be used. */
export function exportBundle(entries: readonly TemplateEntry[]): string {
  const templates = entries.map((entry) => {
    const template = withoutEditorHint(exportable(entry));
    return { file: entry.file, checksum: templateChecksum(template), template };
  });
  return formatJson({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, templates });
}

/** Name of the file that holds the checksums of an exported folder. */
export const CHECKSUM_FILE = "checksums.json";

const checksumsSchema = z.object({ checksums: z.record(z.string(), z.string()) });

/** The same as {@link exportBundle}, as files of a folder: the templates as their authors wrote them, and checksums. */
export function exportFolder(entries: readonly TemplateEntry[]): FolderFile[] {
  const checksums = Object.fromEntries(
    entries.map((entry) => {
      exportable(entry);
      const value = parseJsonText(entry.source).value;
      return [entry.file, templateChecksum(isRecord(value) ? value : {})];
    }),
  );
  return [
    ...entries.map((entry) => ({ file: entry.file, content: entry.source })),
    {
      file: CHECKSUM_FILE,
      content: formatJson({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, checksums }),
    },
  ];
}

export interface FolderFile {
  /** Name inside the folder. */
  readonly file: string;
  readonly content: string;
}

/** Whether a file of a folder belongs to an exported folder of templates. */
export function isExportedFile(file: string): boolean {
  return file.endsWith(TEMPLATE_FILE_SUFFIX) || file === CHECKSUM_FILE;
}

/**
 * Several received files as one bundle text, for the import: those of an exported folder, single templates, lists, other
 * bundles. A file that is no JSON is carried as text, so that its fault is reported for it alone.
 */
export function bundleOfFiles(files: readonly FolderFile[]): string {
  const sums = checksumsSchema.safeParse(
    valueOf(files.find((each) => each.file === CHECKSUM_FILE)?.content ?? ""),
  );
  const templates = files
    .filter((each) => each.file !== CHECKSUM_FILE)
    .flatMap(({ file, content }) => {
      const value = valueOf(content);
      const bundle = bundleSchema.safeParse(value);
      if (bundle.success) return bundle.data.templates;
      if (Array.isArray(value)) return value.map((template: unknown) => ({ file, template }));
      const checksum = sums.success ? sums.data.checksums[file] : undefined;
      return [{ file, ...(checksum === undefined ? {} : { checksum }), template: value ?? content }];
    });
  return formatJson({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, templates });
}

function valueOf(content: string): unknown {
  return parseJsonText(content.replace(/^\uFEFF/, "")).value;
}

/** A template of which another file has the name or id is still worth exporting. */
function exportable(entry: TemplateEntry): Template {
  return entry.state === "duplicate" && entry.template !== undefined ? entry.template : usable(entry);
}

function withoutEditorHint(template: Template): Omit<Template, "$schema"> {
  const { $schema: _editorHint, ...rest } = template;
  return rest;
}
