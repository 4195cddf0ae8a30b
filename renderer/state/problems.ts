import { createStore, type StoreApi } from "zustand/vanilla";

export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  /** Who says so: `run`, `typescript`, `template` … */
  readonly source: string;
  readonly code?: string | undefined;
}

/** Errors and warnings by who found them. */
export interface ProblemsConcern {
  readonly store: StoreApi<{ readonly byOwner: Readonly<Record<string, readonly Problem[]>> }>;
  /** Replaces everything that this owner said before. */
  set(owner: string, problems: readonly Problem[]): void;
}

export function createProblems(): ProblemsConcern {
  const store = createStore<{ readonly byOwner: Readonly<Record<string, readonly Problem[]>> }>(() => ({
    byOwner: {},
  }));
  return {
    store,
    set(owner, problems) {
      store.setState(({ byOwner }) => ({ byOwner: { ...byOwner, [owner]: problems } }));
    },
  };
}

/** All problems, worst first, then by place. */
export function allProblems(byOwner: Readonly<Record<string, readonly Problem[]>>): Problem[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return Object.values(byOwner)
    .flat()
    .sort((a, b) => rank[a.severity] - rank[b.severity] || a.path.localeCompare(b.path) || a.line - b.line);
}
