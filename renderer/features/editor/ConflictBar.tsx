import { useValue, useWorkbench } from "../../state/context";
import { Button, Callout } from "../../ui";
import { fileTab } from "../../state/reveal";
import { diffTab } from "./diffTab";

/** Says that a file changed on disk while it was edited, or is gone, and lets the user decide. */
export function ConflictBar({ path, compares = false }: { path: string; compares?: boolean }) {
  const workbench = useWorkbench();
  const { notices, documents, tabs } = workbench;
  const document = useValue(documents.store, (state) => state.documents[path]);
  if (document === undefined) return null;
  const { conflict } = document;
  const decide = (keep: "mine" | "theirs") =>
    notices.attempt(async () => {
      await documents.resolve(path, keep);
      // The comparison has served its purpose.
      const { id } = diffTab.conflict(path);
      tabs.replace((tab) => (tab.id === id ? null : tab));
      tabs.open(fileTab(path));
    });
  if (conflict !== null) {
    return (
      <div className="editor-bar">
        <Callout
          tone="warning"
          actions={
            <>
              {!compares && (
                <Button size="small" onClick={() => tabs.open(diffTab.conflict(path))}>
                  Compare
                </Button>
              )}
              <Button size="small" onClick={() => decide("theirs")}>
                Use the file on disk
              </Button>
              <Button size="small" variant="primary" onClick={() => decide("mine")}>
                Keep my edits
              </Button>
            </>
          }
        >
          This file changed on disk while you edited it. Nothing was overwritten.
        </Callout>
      </div>
    );
  }
  if (document.state === "missing") {
    return (
      <div className="editor-bar">
        <Callout
          tone="warning"
          actions={
            <Button
              size="small"
              variant="primary"
              onClick={() => notices.attempt(async () => void (await documents.save(path)))}
            >
              Write it again
            </Button>
          }
        >
          This file was removed from disk. Its text is kept here.
        </Callout>
      </div>
    );
  }
  return null;
}
