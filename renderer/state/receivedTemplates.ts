import { WorkbenchError } from "../../shared/model/error";
import { TEMPLATE_FILE_SUFFIX } from "../../shared/model/template";
import type { TemplatesConcern } from "./templates";

/** Larger than any template, and small enough to look at. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What an exported folder holds; whatever else lies in a folder is none of the import's business. */
const ofFolder = ({ name }: File): boolean =>
  name.endsWith(TEMPLATE_FILE_SUFFIX) || name === "checksums.json";

/** The files of a folder that was chosen, not those of folders inside. */
export const filesOfChosenFolder = (files: readonly File[]): File[] =>
  files.filter((file) => ofFolder(file) && file.webkitRelativePath.split("/").length === 2);

/**
 * The text to import from files that were chosen or dropped: a single file as it stands, several (an exported folder,
 * too) as one. Throws `INVALID_REQUEST` when they are too large or none is JSON.
 */
export async function textOfFiles(
  files: readonly File[],
  { bundle }: Pick<TemplatesConcern, "bundle">,
): Promise<string> {
  const texts = files.filter((file) => files.length === 1 || file.name.endsWith(".json"));
  const [first, ...others] = texts;
  if (first === undefined)
    throw new WorkbenchError(
      "INVALID_REQUEST",
      `There is no template file: files end with .json, those in a folder with ${TEMPLATE_FILE_SUFFIX}.`,
    );
  const bytes = texts.reduce((sum, file) => sum + file.size, 0);
  if (bytes > MAX_BYTES) {
    const what = others.length === 0 ? `${first.name} is` : "Together the files are";
    throw new WorkbenchError("INVALID_REQUEST", `${what} larger than 8 MB, so no template.`);
  }
  if (others.length === 0) return first.text();
  return bundle(
    await Promise.all(texts.map(async (file) => ({ file: file.name, content: await file.text() }))),
  );
}

/** Whether something that is dragged may be templates: files, or a text. */
export const mayHoldTemplates = ({ types }: DataTransfer): boolean =>
  types.includes("Files") || types.includes("text/plain");

/**
 * The text to import from what was dropped: files, folders (their own files, not those of folders inside), or a text.
 * To be called while the drop is handled: its data is gone afterwards.
 */
export async function textOfDrop(
  transfer: DataTransfer,
  templates: Pick<TemplatesConcern, "bundle">,
): Promise<string> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const loose = [...transfer.files];
  const text = transfer.getData("text/plain");
  if (loose.length === 0 && entries.length === 0) return text;
  const files = entries.length === 0 ? loose : (await Promise.all(entries.map(filesOf))).flat();
  return textOfFiles(files, templates);
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  if (!isFolder(entry)) return [];
  const inside = (await childrenOf(entry)).filter(isFile);
  return (await Promise.all(inside.map(filesOf))).flat().filter(ofFolder);
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** A reader gives a folder's children a hundred at a time. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const page = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (page.length === 0) return all;
    all.push(...page);
  }
}
