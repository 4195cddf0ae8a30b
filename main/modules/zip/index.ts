import { z } from "zod";
import { describeRoots, remarkOnRoots, rootsSchema } from "../fs/config";
import { rootsFromCalls } from "../fs/roots-from-calls";
import { defineModule } from "../record";
import { members } from "./docs";
import { createZipHost } from "./host";

const configSchema = z.strictObject({
  roots: rootsSchema,
  maxEntries: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe("Most entries that an archive may hold."),
  maxEntryKb: z.int().min(1).max(1_048_576).default(65_536).describe("Most KB that one entry may unpack to."),
  maxTotalKb: z
    .int()
    .min(1)
    .max(4_194_304)
    .default(262_144)
    .describe("Most KB that a whole archive may unpack to."),
});

const typings = `declare module "zip" {
  export type Encoding =
    | "utf8" | "utf-8" | "utf16le" | "utf-16le" | "ucs2" | "ucs-2" | "ascii" | "latin1" | "binary" | "base64" | "base64url" | "hex";
  export interface Bytes extends Uint8Array {
    toString(encoding?: Encoding, start?: number, end?: number): string;
  }
  export interface ZipEntry {
    /** Path inside the archive; that of a folder ends with "/". */
    name: string;
    isDirectory: boolean;
    /** Bytes when unpacked. */
    size: number;
    compressedSize: number;
    modified: Date;
  }
  export interface NewEntry {
    /** Path inside the archive; with "/" at its end, an empty folder. */
    name: string;
    /** Content, or \`file\`: a path in the granted roots to read it from. */
    data?: string | Uint8Array;
    file?: string;
  }
  export interface CreateOptions {
    /** Whether to compress. Default true. */
    compress?: boolean;
    /** Whether to replace an archive that is there. Default true. */
    overwrite?: boolean;
  }
  export interface ExtractOptions {
    /** Whether to replace files that are there. Default false. */
    overwrite?: boolean;
  }
  /** What is wrong with an archive. */
  export interface ZipError extends Error {
    code: "ZIP_INVALID" | "ZIP_UNSAFE_ENTRY" | "ZIP_TOO_LARGE" | "ZIP_ENTRY_NOT_FOUND" | "ZIP_ENCRYPTED";
    path: string;
    entry?: string;
  }
  export function list(path: string): Promise<ZipEntry[]>;
  export function read(path: string, entry: string, options: Encoding | { encoding: Encoding }): Promise<string>;
  export function read(path: string, entry: string, options?: { encoding?: null } | null): Promise<Bytes>;
  export function create(
    path: string,
    entries: readonly NewEntry[] | Readonly<Record<string, string | Uint8Array>>,
    options?: CreateOptions,
  ): Promise<{ entries: number; bytes: number }>;
  export function extract(path: string, folder: string, options?: ExtractOptions): Promise<string[]>;
}
`;

/** Zip archives inside the granted roots. */
export const zipModule = defineModule({
  name: "zip",
  aliases: [],
  summary: "Lists, reads, makes and unpacks zip archives in folders that the template grants.",
  risk: "workspace",
  allows:
    "Reads archives in the granted folders and, where the template says read-write, makes and unpacks them.",
  typings,
  members,
  example: `const zip = require("zip");

await zip.create("reports.zip", { "may.txt": "42\\n", "june/total.txt": "17\\n" });
for (const entry of await zip.list("reports.zip")) console.log(entry.name, entry.size);
console.log(await zip.read("reports.zip", "may.txt", "utf8"));
console.log(await zip.extract("reports.zip", "unpacked", { overwrite: true }));`,
  configSchema,
  exampleConfig: { roots: [{ path: ".", access: "read-write" }] },
  effects: (config) =>
    describeRoots(config.roots).map((effect) => `${effect}, as zip archives and what is packed in them`),
  remarks: (config) => remarkOnRoots(config.roots),
  configFromCalls: (calls) => ({ roots: rootsFromCalls(calls) }),
  createHost: (config, context) => createZipHost(config, context),
});
