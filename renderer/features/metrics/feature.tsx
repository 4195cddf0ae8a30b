import type { Workbench } from "../../state/workbench";
import { MetricsView } from "./MetricsView";

/** The Metrics panel. */
export function registerMetrics({ places }: Workbench): void {
  places.panels.add({ id: "metrics", title: "Metrics", order: 5, View: MetricsView });
}
