import { Worker } from "node:worker_threads";
import type { SearchMatch } from "../../shared/ipc/workspace";
import { assetPath } from "../core/assets";
import { patternOf, type SearchQuery, type SearchSummary } from "./search";

/** What a search thread is started with. */
export interface SearchData {
  readonly root: string;
  readonly query: SearchQuery;
}

/** What it tells: matches file by file, and at last the summary. */
export type SearchMessage = { readonly matches: SearchMatch[] } | { readonly summary: SearchSummary };

/**
 * Searches as `searchFiles` does, in a thread of its own: a regular expression can take a second for each file, in which the
 * application would stand still. `signal` cancels at once. Throws `VALIDATION_ERROR` for an invalid regular expression.
 */
export async function searchInThread(
  root: string,
  query: SearchQuery,
  onMatches: (matches: SearchMatch[]) => void,
  signal?: AbortSignal,
): Promise<SearchSummary> {
  patternOf(query);
  const found = { matches: 0, files: 0 };
  if (signal?.aborted === true) return { ...found, truncated: false, cancelled: true };
  const workerData: SearchData = { root, query };
  const thread = new Worker(assetPath("main", "search.mjs"), { workerData, execArgv: [] });
  let cancel: (() => void) | undefined;
  try {
    return await new Promise<SearchSummary>((resolve, reject) => {
      cancel = () => resolve({ ...found, truncated: false, cancelled: true });
      signal?.addEventListener("abort", cancel);
      thread.on("error", reject);
      thread.on("exit", (code) => reject(new Error(`The search ended with ${code}.`)));
      thread.on("message", (message: SearchMessage) => {
        if ("summary" in message) {
          resolve(message.summary);
          return;
        }
        if (signal?.aborted === true) return;
        found.matches += message.matches.length;
        found.files++;
        onMatches(message.matches);
      });
    });
  } finally {
    if (cancel !== undefined) signal?.removeEventListener("abort", cancel);
    await thread.terminate();
  }
}
