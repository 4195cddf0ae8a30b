import { Fragment, useEffect } from "react";
import { useValue, useWorkbench, WorkbenchProvider } from "../state/context";
import type { Workbench } from "../state/workbench";
import { Button, FailureBoundary, keepFocus, TooltipProvider } from "../ui";
import { Announcements } from "./Announcements";
import { Shell } from "./Shell";
import { useAppearance } from "./useAppearance";
import { useKeyboard } from "./useKeyboard";
import { useLeaving } from "./useLeaving";

export function App({ workbench }: { workbench: Workbench }) {
  return (
    <WorkbenchProvider value={workbench}>
      <TooltipProvider>
        <FailureBoundary
          name="The window"
          actions={<Button onClick={() => location.reload()}>Load it anew</Button>}
        >
          <Window />
        </FailureBoundary>
      </TooltipProvider>
    </WorkbenchProvider>
  );
}

function Window() {
  const { places, dialogs } = useWorkbench();
  useAppearance();
  useKeyboard();
  useLeaving();
  useEffect(() => keepFocus(document), []);
  const overlays = useValue(places.overlays.store, (state) => state.items);
  const open = useValue(dialogs.store, (state) => state.open);
  return (
    <>
      <Shell />
      {overlays.map(({ id, View }) => (
        <View key={id} />
      ))}
      {open.map(({ id, node }) => (
        <Fragment key={id}>{node}</Fragment>
      ))}
      <Announcements />
    </>
  );
}
