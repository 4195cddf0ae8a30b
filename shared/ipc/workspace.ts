import { z } from "zod";
import { request } from "./define";

export const workspaceSchema = z.object({
  root: z.string(),
  name: z.string(),
  sample: z.boolean(),
  readOnly: z.boolean(),
  git: z.boolean(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

export const fileEntrySchema = z.object({
  /** Workspace-relative, with `/`. */
  path: z.string(),
  name: z.string(),
  kind: z.enum(["file", "folder"]),
  size: z.number().optional(),
  mtimeMs: z.number().optional(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

export const fileContentSchema = z.object({
  path: z.string(),
  content: z.string(),
  /** SHA-256 of the bytes on disk; `write` compares with it. */
  hash: z.string(),
  mtimeMs: z.number(),
});
export type FileContent = z.infer<typeof fileContentSchema>;

export const searchMatchSchema = z.object({
  path: z.string(),
  line: z.int(),
  column: z.int(),
  length: z.int(),
  text: z.string(),
});
export type SearchMatch = z.infer<typeof searchMatchSchema>;

const path = z.string().max(4096);

export const workspaceRequests = {
  "workspace.get": request(z.object({}), z.object({ workspace: workspaceSchema.nullable() })),
  /** Opens a folder; without a path asks with the system's dialog. `null` when the user cancelled. */
  "workspace.open": request(
    z.object({ path: path.optional() }),
    z.object({ workspace: workspaceSchema.nullable() }),
  ),
  "workspace.openSample": request(z.object({}), z.object({ workspace: workspaceSchema })),
  "workspace.recent": request(z.object({}), z.object({ roots: z.array(z.string()) })),
  /** Children of a folder, folders first, by name. `""` is the root. */
  "files.list": request(z.object({ path }), z.object({ entries: z.array(fileEntrySchema) })),
  /** All files of the workspace that .gitignore does not ignore, for quick open; capped. */
  "files.all": request(z.object({}), z.object({ paths: z.array(z.string()), truncated: z.boolean() })),
  "files.read": request(z.object({ path }), fileContentSchema),
  /** Writes atomically. `expectedHash: null` means "must not exist yet"; a mismatch is `FILE_CONFLICT`. */
  "files.write": request(
    z.object({ path, content: z.string(), expectedHash: z.string().nullable().optional() }),
    z.object({ hash: z.string(), mtimeMs: z.number() }),
  ),
  "files.createFolder": request(z.object({ path }), z.object({})),
  /** Renames or moves; with `updateImports`, relative requires of other scripts follow. */
  "files.rename": request(
    z.object({ from: path, to: path, updateImports: z.boolean().default(false) }),
    z.object({ updated: z.array(z.string()) }),
  ),
  /** Moves to the trash; the token undoes it where the file system allows. */
  "files.trash": request(z.object({ path }), z.object({ undoToken: z.string().optional() })),
  "files.undoTrash": request(z.object({ undoToken: z.string() }), z.object({ path: z.string() })),
  /** Asks for a folder with the system's dialog: relative inside the workspace, absolute outside; nothing when cancelled. */
  "files.chooseFolder": request(z.object({}), z.object({ path: z.string().optional() })),
  "files.reveal": request(z.object({ path }), z.object({})),
  /** Results arrive as `search.results` events with this id; `files.cancelSearch` ends it. */
  "files.search": request(
    z.object({
      id: z.string(),
      query: z.string().min(1).max(1000),
      regex: z.boolean(),
      caseSensitive: z.boolean(),
      wholeWord: z.boolean(),
    }),
    z.object({ matches: z.int(), files: z.int(), truncated: z.boolean(), cancelled: z.boolean() }),
  ),
  "files.cancelSearch": request(z.object({ id: z.string() }), z.object({})),
} as const;
