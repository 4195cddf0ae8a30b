import { Popover } from "radix-ui";
import { useEffect, useMemo, useRef, useState } from "react";
import { createStore } from "zustand/vanilla";
import { useValue, useWorkbench } from "../../state/context";
import type { LayoutConcern } from "../../state/layout";
import { Button, ReturnFocus } from "../../ui";

/** Whether the tour is on. */
export const tourStore = createStore<{ readonly isOn: boolean }>(() => ({ isOn: false }));

interface Step {
  readonly title: string;
  readonly text: string;
  /** What the step is about; it is outlined. */
  readonly selector: string;
  /** Where the remark stands, seen from there. */
  readonly side: "top" | "right" | "bottom";
  readonly align: "start" | "end";
  /** Brings into view what the step is about. */
  show?(layout: LayoutConcern): void;
}

const STEPS: readonly Step[] = [
  {
    title: "Your workspace",
    text: "Files shows the folder that is open: scripts, templates and data. Click a script to read it, double-click to keep it open.",
    selector: ".side-bar",
    side: "right",
    align: "start",
    show: (layout) => layout.showView("files"),
  },
  {
    title: "A template is a policy",
    text: "It names the native modules a script may load, its libraries and its limits. Anything else is refused, with the reason.",
    selector: '[role="combobox"][aria-label="Template"]',
    side: "bottom",
    align: "start",
  },
  {
    title: "Run and stop",
    text: "Run starts the script in a session of the template. Stop always works and says what it did. The limits hold while it runs.",
    selector: ".run-buttons",
    side: "bottom",
    align: "start",
  },
  {
    title: "See what happened",
    text: "Output streams into the Console. The REPL works on the same live session; Trace and Metrics show time and memory.",
    selector: ".panel",
    side: "top",
    align: "end",
    show: (layout) => layout.showPanel("console"),
  },
];

/** Four short remarks about the window, for the first start; it can be skipped and taken again. */
export function Tour() {
  const isOn = useValue(tourStore, (state) => state.isOn);
  return isOn ? <Steps /> : null;
}

function Steps() {
  const { settings, notices } = useWorkbench();
  const [index, setIndex] = useState(0);
  const step = STEPS[index];
  const subject = useSubject(step);
  const anchor = useMemo(() => ({ current: subject?.element ?? null }), [subject?.element]);
  const nextButton = useRef<HTMLButtonElement>(null);
  if (step === undefined || subject === undefined) return null;
  const isLast = index === STEPS.length - 1;
  const end = () => {
    tourStore.setState({ isOn: false });
    notices.attempt(() => settings.change({ tourDone: true }));
  };
  return (
    <Popover.Root open>
      <div className="tour-frame" aria-hidden style={frameAround(subject.box)} />
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="tour"
          aria-labelledby="tour-title"
          aria-describedby="tour-text"
          side={step.side}
          align={step.align}
          sideOffset={14}
          collisionPadding={{ top: 12, right: 24, bottom: 40, left: 12 }}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            nextButton.current?.focus();
          }}
          onInteractOutside={(event) => event.preventDefault()}
          onEscapeKeyDown={end}
        >
          <ReturnFocus />
          <p className="tour-count">
            {index + 1} of {STEPS.length}
          </p>
          <div className="tour-words" aria-live="polite">
            <h2 id="tour-title">{step.title}</h2>
            <p id="tour-text">{step.text}</p>
          </div>
          <div className="tour-acts">
            <Button variant="quiet" onClick={end}>
              Skip the tour
            </Button>
            <Button variant="primary" ref={nextButton} onClick={isLast ? end : () => setIndex(index + 1)}>
              {isLast ? "Done" : "Next"}
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface Subject {
  readonly element: Element;
  readonly box: DOMRect;
}

/** What a step is about, shown, and where it stands; the whole window when it is not there. */
function useSubject(step: Step | undefined): Subject | undefined {
  const { layout } = useWorkbench();
  const shown = useValue(layout.store, (state) => state);
  const [subject, setSubject] = useState<Subject>();
  useEffect(() => step?.show?.(layout), [step, layout]);
  useEffect(() => {
    if (step === undefined) return;
    const element = document.querySelector(step.selector) ?? document.body;
    const measure = () => setSubject({ element, box: element.getBoundingClientRect() });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, [step, shown]);
  return subject;
}

/** A frame a little larger than what it is about, but not larger than the window. */
function frameAround({ left, top, right, bottom }: DOMRect) {
  const room = 3;
  return {
    left: Math.max(0, left - room),
    top: Math.max(0, top - room),
    right: Math.max(0, innerWidth - right - room),
    bottom: Math.max(0, innerHeight - bottom - room),
  };
}
