import type { Workbench } from "../../state/workbench";
import { TraceView } from "./TraceView";

/** The Trace panel. */
export function registerTrace({ places }: Workbench): void {
  places.panels.add({ id: "trace", title: "Trace", order: 4, View: TraceView });
}
