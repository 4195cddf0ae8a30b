import { Group, Panel, Separator, usePanelRef } from "react-resizable-panels";
import { useEffect } from "react";
import { RunBar } from "../features/run/RunBar";
import { useValue, useWorkbench } from "../state/context";
import { BottomPanel } from "./BottomPanel";
import { EditorArea } from "./EditorArea";
import { SideBar, ViewSwitcher } from "./SideBar";
import { StatusBar } from "./StatusBar";
import "./shell.css";

/** The frame: run bar, view switcher, side bar, editor area, panel, status bar. */
export function Shell() {
  const { layout } = useWorkbench();
  const { sideBarVisible, panelVisible, panelMaximised } = useValue(layout.store, (state) => state);
  const sizes = layout.store.getState().sizes;
  const editorPanel = usePanelRef();
  useEffect(() => {
    if (panelMaximised) editorPanel.current?.collapse();
    else editorPanel.current?.expand();
  }, [panelMaximised, editorPanel]);
  return (
    <div className="shell">
      <RunBar />
      <main className="shell-middle">
        <h1 className="visually-hidden">VM Workbench</h1>
        <ViewSwitcher />
        <Group
          orientation="horizontal"
          className="shell-group"
          defaultLayout={sizes[`main:${sideBarVisible}`]}
          onLayoutChanged={(next, meta) =>
            meta.isUserInteraction && layout.resized(`main:${sideBarVisible}`, next)
          }
        >
          {sideBarVisible && (
            <>
              <Panel
                id="side-bar"
                defaultSize={260}
                minSize={150}
                maxSize="50%"
                groupResizeBehavior="preserve-pixel-size"
              >
                <SideBar />
              </Panel>
              <Separator className="shell-separator" aria-label="Resize the side bar" />
            </>
          )}
          <Panel id="work" minSize={200}>
            <Group
              orientation="vertical"
              className="shell-group"
              defaultLayout={sizes[`work:${panelVisible}`]}
              onLayoutChanged={(next, meta) =>
                meta.isUserInteraction && layout.resized(`work:${panelVisible}`, next)
              }
            >
              <Panel id="editors" panelRef={editorPanel} minSize={80} collapsible>
                <EditorArea />
              </Panel>
              {panelVisible && (
                <>
                  <Separator className="shell-separator" aria-label="Resize the panel" />
                  <Panel id="panel" defaultSize="38%" minSize={90}>
                    <BottomPanel />
                  </Panel>
                </>
              )}
            </Group>
          </Panel>
        </Group>
      </main>
      <StatusBar />
    </div>
  );
}
