import { Fragment, useState, type ComponentType } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { useValue, useWorkbench } from "../state/context";
import type { TabProps } from "../state/places";
import type { Tab, TabGroup } from "../state/tabs";
import { FailureBoundary } from "../ui";
import { EditorTabs } from "./EditorTabs";
import { Welcome } from "../features/welcome/Welcome";

/** Groups of tabs side by side. */
export function EditorArea() {
  const { tabs, layout } = useWorkbench();
  const groups = useValue(tabs.store, (state) => state.groups);
  const key = `groups:${groups.map((group) => group.id).join(",")}`;
  return (
    <section className="editors" aria-label="Editors" data-part="editors">
      <Group
        key={key}
        orientation="horizontal"
        className="shell-group"
        defaultLayout={layout.store.getState().sizes[key]}
        onLayoutChanged={(next, meta) => meta.isUserInteraction && layout.resized(key, next)}
      >
        {groups.map((group, index) => (
          <Fragment key={group.id}>
            {index > 0 && <Separator className="shell-separator" aria-label="Resize the editors" />}
            <Panel id={`group-${group.id}`} minSize={160}>
              <EditorGroup group={group} isAlone={groups.length === 1} />
            </Panel>
          </Fragment>
        ))}
      </Group>
    </section>
  );
}

function EditorGroup({ group, isAlone }: { group: TabGroup; isAlone: boolean }) {
  const { places, tabs } = useWorkbench();
  const kinds = useValue(places.tabKinds.store, (state) => state.items);
  const isActive = useValue(tabs.store, (state) => state.activeGroup === group.id);
  const active = group.tabs.find((tab) => tab.id === group.active);
  const panelId = `editor-${group.id}`;
  if (active === undefined) return isAlone ? <Welcome /> : null;
  const kind = kinds.find((candidate) => candidate.id === active.kind);
  return (
    <div
      className="group"
      data-active={isActive || undefined}
      onPointerDownCapture={() => tabs.activateGroup(group.id)}
    >
      <EditorTabs group={group} panelId={panelId} />
      <div
        className="group-body"
        role="tabpanel"
        id={panelId}
        aria-label={kind?.title(active) ?? "Editor"}
        data-part-body
      >
        <SharedViews active={active} groupId={group.id} />
        {kind !== undefined && kind.shared !== true && (
          <FailureBoundary key={active.id} name={kind.title(active)}>
            <kind.View tab={active} groupId={group.id} />
          </FailureBoundary>
        )}
        {kind === undefined && (
          <p className="group-unknown">
            This tab cannot be shown: nothing here opens documents of the kind “{active.kind}”.
          </p>
        )}
      </div>
    </div>
  );
}

/** Views that serve all tabs of their kind: made once, and only hidden while another kind is shown. */
function SharedViews({ active, groupId }: { active: Tab; groupId: string }) {
  const { places } = useWorkbench();
  const kinds = useValue(places.tabKinds.store, (state) => state.items);
  const [last, setLast] = useState<Readonly<Record<string, Tab>>>({});
  const isShared = kinds.some((kind) => kind.shared === true && kind.id === active.kind);
  if (isShared && last[active.kind] !== active) setLast({ ...last, [active.kind]: active });
  return Object.entries({ ...last, ...(isShared ? { [active.kind]: active } : {}) }).map(([kindId, tab]) => {
    const View: ComponentType<TabProps> | undefined = kinds.find((kind) => kind.id === kindId)?.View;
    return (
      <div key={kindId} className="group-shared" hidden={kindId !== active.kind}>
        {View !== undefined && (
          <FailureBoundary name="The editor">
            <View tab={tab} groupId={groupId} />
          </FailureBoundary>
        )}
      </div>
    );
  });
}
