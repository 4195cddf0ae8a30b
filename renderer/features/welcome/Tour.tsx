import { useEffect, useState } from "react";
import { createStore } from "zustand/vanilla";
import { useValue, useWorkbench } from "../../state/context";
import { Button } from "../../ui";

/** Whether the tour is on. */
export const tourStore = createStore<{ readonly isOn: boolean }>(() => ({ isOn: false }));

interface Step {
  readonly title: string;
  readonly text: string;
  /** What the step is about; it is outlined. */
  readonly selector: string;
}

const STEPS: readonly Step[] = [
  {
    title: "Your workspace",
    text: "Files shows the folder that is open: scripts, templates and data. Click a script to read it, double-click to keep it open.",
    selector: ".side-bar",
  },
  {
    title: "A template is a policy",
    text: "It names the native modules a script may load, its libraries and its limits. Anything else is refused, with the reason.",
    selector: '[role="combobox"][aria-label="Template"]',
  },
  {
    title: "Run and stop",
    text: "Run starts the script in a session of the template. Stop always works and says what it did. The limits hold while it runs.",
    selector: ".run-buttons",
  },
  {
    title: "See what happened",
    text: "Output streams into the Console. The REPL works on the same live session; Trace and Metrics show time and memory.",
    selector: ".panel",
  },
];

/** Four short remarks about the window, for the first start; it can be skipped and taken again. */
export function Tour() {
  const { settings, notices, layout } = useWorkbench();
  const isOn = useValue(tourStore, (state) => state.isOn);
  const [index, setIndex] = useState(0);
  const [box, setBox] = useState<DOMRect>();
  const step = STEPS[index];

  useEffect(() => {
    if (!isOn || step === undefined) return;
    const measure = () => setBox(document.querySelector(step.selector)?.getBoundingClientRect());
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, [isOn, step]);

  if (!isOn || step === undefined) return null;
  const end = () => {
    tourStore.setState({ isOn: false });
    setIndex(0);
    notices.attempt(() => settings.change({ tourDone: true }));
  };
  const next = () => {
    if (index === STEPS.length - 1) return end();
    if (index + 1 === STEPS.length - 1) layout.showPanel("console");
    setIndex(index + 1);
  };
  return (
    <>
      {box !== undefined && (
        <div
          className="tour-frame"
          aria-hidden
          style={{ left: box.left - 3, top: box.top - 3, width: box.width + 6, height: box.height + 6 }}
        />
      )}
      <div
        className="tour"
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        onKeyDown={(event) => event.key === "Escape" && end()}
      >
        <p className="tour-count">
          {index + 1} of {STEPS.length}
        </p>
        <h2 id="tour-title">{step.title}</h2>
        <p id="tour-text">{step.text}</p>
        <div className="tour-acts">
          <Button variant="quiet" onClick={end}>
            Skip the tour
          </Button>
          <Button variant="primary" autoFocus onClick={next}>
            {index === STEPS.length - 1 ? "Done" : "Next"}
          </Button>
        </div>
      </div>
    </>
  );
}
