import { baseName } from "../../state/paths";

export const DIFF_KIND = "diff";

/** Tabs of kind `diff`: `title`, and either a document's `conflict` path or two texts. */
export const diffTab = {
  /** What is on disk against what the editor holds; follows both. */
  conflict: (path: string) => ({
    id: `${DIFF_KIND}:conflict:${path}`,
    kind: DIFF_KIND,
    input: { title: `${baseName(path)} (disk ↔ editor)`, conflict: path },
  }),
  texts: (id: string, title: string, before: string, after: string, language = "plaintext") => ({
    id: `${DIFF_KIND}:${id}`,
    kind: DIFF_KIND,
    input: { title, before, after, language },
  }),
};
