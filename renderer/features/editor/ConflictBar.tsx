import { useValue, useWorkbench } from "../../state/context";
import { Button, Callout } from "../../ui";
import { diffTab } from "./diffTab";

/** Says that a file changed on disk while it was edited, or is gone, and lets the user decide. */
export function ConflictBar({ path }: { path: string }) {
  const workbench = useWorkbench();
  const { notices, documents, tabs } = workbench;
  const document = useValue(documents.store, (state) => state.documents[path]);
  if (document === undefined) return null;
  const { conflict } = document;
  if (conflict !== null) {
    return (
      <div className="editor-bar">
        <Callout
          tone="warning"
          actions={
            <>
              <Button size="small" onClick={() => tabs.open(diffTab.conflict(path))}>
                Compare
              </Button>
              <Button size="small" onClick={() => notices.attempt(() => documents.resolve(path, "theirs"))}>
                Use the file on disk
              </Button>
              <Button
                size="small"
                variant="primary"
                onClick={() => notices.attempt(() => documents.resolve(path, "mine"))}
              >
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
