import { FolderOpen } from "lucide-react";
import { useValue, useWorkbench } from "../../state/context";
import type { Workbench } from "../../state/workbench";
import { Tour, tourStore } from "./Tour";

function WorkspaceStatus() {
  const { workspace, commands } = useWorkbench();
  const { workspace: open, info } = useValue(workspace.store, (state) => state);
  return (
    <>
      <button
        type="button"
        className="status-item"
        title={open?.root}
        aria-label={`Workspace ${open?.name ?? "none"}`}
        onClick={() => commands.run("workspace.open")}
      >
        <FolderOpen aria-hidden /> {open?.name ?? "No folder"}
      </button>
      {open?.readOnly === true && <span className="status-item status-warning">Read-only</span>}
      {info?.safeMode === true && <span className="status-item status-warning">Safe mode</span>}
    </>
  );
}

/** The tour and the workspace in the status bar; the welcome page itself is part of the editor area. */
export function registerWelcome({ places, commands }: Workbench): void {
  places.overlays.add({ id: "tour", View: Tour });
  places.statusItems.add({ id: "workspace", side: "start", order: 1, View: WorkspaceStatus });
  commands.add({
    id: "app.tour",
    title: "Take the tour",
    category: "Help",
    run: () => tourStore.setState({ isOn: true }),
  });
}
