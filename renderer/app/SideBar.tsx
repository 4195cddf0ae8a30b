import { Settings } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import { useValue, useWorkbench } from "../state/context";
import { FailureBoundary, IconButton, nextIndex, Tooltip } from "../ui";

const PANEL_ID = "side-bar-view";

/** The column of icons that chooses the side bar's view. */
export function ViewSwitcher() {
  const { places, layout, commands } = useWorkbench();
  const views = useValue(places.views.store, (state) => state.items);
  const { sideBarView, sideBarVisible } = useValue(layout.store, (state) => state);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const target = nextIndex(
      event.key,
      views.findIndex((view) => view.id === sideBarView),
      views.length,
    );
    const view = target === undefined ? undefined : views[target];
    if (view === undefined || target === undefined) return;
    event.preventDefault();
    layout.showView(view.id);
    const element = list.current?.children[target];
    if (element instanceof HTMLElement) element.focus();
  };
  return (
    <nav className="switcher" aria-label="Views">
      <div
        ref={list}
        role="tablist"
        aria-label="Side bar"
        aria-orientation="vertical"
        className="switcher-list"
        onKeyDown={onKeyDown}
      >
        {views.map(({ id, title, icon: Icon }) => {
          const isShown = sideBarView === id && sideBarVisible;
          return (
            <Tooltip key={id} content={title} shortcut={commands.keysOf(`view.show.${id}`)} side="right">
              <button
                type="button"
                role="tab"
                aria-label={title}
                aria-selected={isShown}
                aria-controls={PANEL_ID}
                tabIndex={sideBarView === id ? 0 : -1}
                className="switcher-item"
                onClick={() => layout.showView(id, { toggle: true })}
              >
                <Icon aria-hidden />
              </button>
            </Tooltip>
          );
        })}
      </div>
      <IconButton
        className="switcher-item"
        label="Settings"
        side="right"
        shortcut={commands.keysOf("app.settings")}
        icon={<Settings aria-hidden />}
        onClick={() => commands.run("app.settings")}
      />
    </nav>
  );
}

/** The view that is chosen. */
export function SideBar() {
  const { places, layout } = useWorkbench();
  const views = useValue(places.views.store, (state) => state.items);
  const chosen = useValue(layout.store, (state) => state.sideBarView);
  const view = views.find((candidate) => candidate.id === chosen) ?? views[0];
  if (view === undefined) return null;
  const { View, Actions, title } = view;
  return (
    <div className="side-bar" id={PANEL_ID} role="tabpanel" aria-label={`${title} view`} data-part="side">
      <header className="side-bar-head">
        <h2>{title}</h2>
        <div className="side-bar-actions">{Actions !== undefined && <Actions />}</div>
      </header>
      <div className="side-bar-body" data-part-body>
        <FailureBoundary key={view.id} name={title}>
          <View />
        </FailureBoundary>
      </div>
    </div>
  );
}
