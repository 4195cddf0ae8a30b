import type { Client } from "./client";
import type { DocumentsConcern } from "./documents";
import { createFrameBatcher, type Schedule } from "./frame";
import type { Problem, ProblemsConcern } from "./problems";
import type { ScriptSourcesConcern } from "./scriptSources";

const OWNER = "declarations";

interface Known {
  readonly source: string;
  readonly problems: readonly Problem[];
}

/**
 * Lists what cannot be understood in the parameters of the workspace's scripts. An open script is its editor's to judge,
 * by the text that is in it.
 */
export function followDeclarations(
  client: Client,
  scripts: ScriptSourcesConcern,
  documents: DocumentsConcern,
  problems: ProblemsConcern,
  schedule?: Schedule,
): void {
  const known = new Map<string, Known>();

  function show(): void {
    const open = documents.store.getState().documents;
    const found = [...known].flatMap(([path, entry]) => (open[path] === undefined ? entry.problems : []));
    const shown = problems.store.getState().byOwner[OWNER] ?? [];
    if (found.length > 0 || shown.length > 0) problems.set(OWNER, found);
  }

  async function read(path: string, source: string): Promise<void> {
    const { declaration } = await client.request("parameters.read", { path, source });
    // A change meanwhile has its own turn.
    if (known.get(path)?.source !== source) return;
    known.set(path, {
      source,
      problems: declaration.problems.map(({ line, column, message }) => ({
        path,
        line,
        column,
        severity: "error",
        message,
        source: "parameters",
        code: "VALIDATION_ERROR",
      })),
    });
  }

  async function follow(): Promise<void> {
    const { sources } = scripts.store.getState();
    for (const path of known.keys()) if (sources[path] === undefined) known.delete(path);
    const changed = Object.entries(sources).filter(
      ([path, source]) =>
        known.get(path)?.source !== source && (source.includes("@param") || known.has(path)),
    );
    for (const [path, source] of changed) known.set(path, { source, problems: [] });
    // Without an answer, of a workspace that closes, there is nothing to list.
    await Promise.all(changed.map(([path, source]) => read(path, source).catch(() => undefined)));
    show();
  }

  const soon = createFrameBatcher<void>(() => void follow(), schedule);
  scripts.store.subscribe(() => soon());
  documents.store.subscribe((state, before) => {
    if (Object.keys(state.documents).length !== Object.keys(before.documents).length) show();
  });
}
