import { ChevronDown, ChevronsUpDown } from "lucide-react";
import { useValue, useWorkbench } from "../state/context";
import { FailureBoundary, IconButton, TabStrip } from "../ui";

const PANEL_ID = "bottom-panel";

/** Console, REPL, Problems and the others below the editors. */
export function BottomPanel() {
  const { places, layout, commands } = useWorkbench();
  const panels = useValue(places.panels.store, (state) => state.items);
  const chosen = useValue(layout.store, (state) => state.panelView);
  const panel = panels.find((candidate) => candidate.id === chosen) ?? panels[0];
  if (panel === undefined) return null;
  const { View, Actions } = panel;
  return (
    <section className="panel" aria-label="Panel" data-part="panel">
      <header className="panel-head">
        <TabStrip
          label="Panel"
          panelId={PANEL_ID}
          active={panel.id}
          onChange={layout.showPanel}
          tabs={panels.map(({ id, title, Badge }) => ({
            id,
            label: title,
            ...(Badge === undefined ? {} : { badge: <Badge /> }),
          }))}
        />
        <div className="panel-actions">
          {Actions !== undefined && <Actions />}
          <IconButton
            label="Maximise or restore the panel"
            icon={<ChevronsUpDown aria-hidden />}
            onClick={() => commands.run("view.maximisePanel")}
          />
          <IconButton
            label="Hide the panel"
            shortcut={commands.keysOf("view.togglePanel")}
            icon={<ChevronDown aria-hidden />}
            onClick={layout.togglePanel}
          />
        </div>
      </header>
      <div className="panel-body" role="tabpanel" id={PANEL_ID} aria-label={panel.title} data-part-body>
        <FailureBoundary key={panel.id} name={panel.title}>
          <View />
        </FailureBoundary>
      </div>
    </section>
  );
}
