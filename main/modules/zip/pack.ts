import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { ZipError } from "./archive";

/** An entry to put into an archive. A name that ends with "/" is a folder and has no data. */
export interface PackEntry {
  readonly name: string;
  readonly data: Buffer;
}

// Bytes that every entry costs in an archive besides its name and content; the end record costs less.
const ENTRY_OVERHEAD = 200;

/** Makes an archive in memory. Throws `ZIP_UNSAFE_ENTRY` for a name that would leave the folder it is unpacked to. */
export async function pack(
  entries: readonly PackEntry[],
  archive: string,
  compress: boolean,
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, data } of entries) {
    try {
      if (name.endsWith("/")) zip.addEmptyDirectory(name);
      else zip.addBuffer(data, name, { compress });
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : "not a valid name";
      throw new ZipError(
        "ZIP_UNSAFE_ENTRY",
        `"${name}" cannot be an entry of ${archive}: ${why}.`,
        archive,
        name,
      );
    }
  }
  zip.end();
  return buffer(Readable.from(zip.outputStream));
}

/** About how many bytes the entries take without compression. */
export function sizeOf(entries: readonly PackEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.data.length + ENTRY_OVERHEAD, 0);
}
