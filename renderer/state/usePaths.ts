import { useMemo } from "react";
import { useValue, useWorkbench } from "./context";
import { isScript, parentOf } from "./paths";

/** Files, scripts and folders of the workspace, for fields that name one. */
export function useWorkbenchPaths(): {
  files: readonly string[];
  scripts: readonly string[];
  folders: readonly string[];
} {
  const { files } = useWorkbench();
  const all = useValue(files.store, (state) => state.all);
  return useMemo(() => {
    const folders = new Set<string>(["."]);
    for (const path of all)
      for (let folder = parentOf(path); folder !== ""; folder = parentOf(folder)) folders.add(folder);
    return { files: all, scripts: all.filter(isScript), folders: [...folders].sort() };
  }, [all]);
}
