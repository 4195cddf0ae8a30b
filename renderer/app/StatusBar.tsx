import { useValue, useWorkbench } from "../state/context";

/** Small facts along the lower edge, from the features. */
export function StatusBar() {
  const { places } = useWorkbench();
  const items = useValue(places.statusItems.store, (state) => state.items);
  const side = (wanted: "start" | "end") => (
    <div className={`status-side status-${wanted}`}>
      {items
        .filter((item) => item.side === wanted)
        .map(({ id, View }) => (
          <View key={id} />
        ))}
    </div>
  );
  return (
    <footer className="status-bar" aria-label="Status" data-part="status">
      {side("start")}
      {side("end")}
    </footer>
  );
}
