import { TEMPLATE_FILE_SUFFIX } from "../../shared/model/template";
import { isDeviceName } from "../workspace/device-names";

/**
 * File name for a template of this name: readable, plain ASCII, and free on file systems that ignore case.
 * @param taken names of the files that are there.
 */
export function fileNameFor(name: string, taken: Iterable<string>): string {
  const used = new Set([...taken].map((file) => file.toLowerCase()));
  const slug = slugOf(name);
  for (let number = 1; ; number++) {
    const file = `${slug}${number === 1 ? "" : `-${number}`}${TEMPLATE_FILE_SUFFIX}`;
    if (!used.has(file)) return file;
  }
}

function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  if (slug === "") return "template";
  // Windows takes these for devices, whatever the ending.
  return isDeviceName(slug) ? `${slug}-template` : slug;
}
