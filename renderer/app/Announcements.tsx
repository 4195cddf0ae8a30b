import { useValue, useWorkbench } from "../state/context";

/** Live regions: what screen readers say about runs, errors and searches. */
export function Announcements() {
  const { announcer } = useWorkbench();
  const { polite, assertive } = useValue(announcer.store, (state) => state);
  return (
    <div className="visually-hidden">
      <p aria-live="polite">{polite}</p>
      <p aria-live="assertive">{assertive}</p>
    </div>
  );
}
