/** What is measured inside a page, by its own clock: put into the application's page and into the bare ones. */
export interface Probe {
  /** From the next key presses to the paint that follows each of them, in ms. */
  keysToPaint(): void;
  /** From the next key press to the paint in which Stop can be used or the run bar says that something runs, in ms. */
  keyToRunFeedback(): void;
  /** From the next key press to the paint in which the editor shows the file of the tab that is chosen then, in ms. */
  keyToTab(): void;
  /** What the three above measured since they were asked to; resolves when there are as many. */
  taken(count: number): Promise<number[]>;
  /** Scrolls by as much every frame, and gives the time between the frames in ms. */
  scroll(selector: string, pixels: number, frames: number): Promise<number[]>;
}

const PATIENCE_MS = 30_000;

let taken: number[] = [];
let stop: AbortController | undefined;

/** Calls back when what the page looks like now has been painted. */
function afterPaint(callback: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = callback;
    port1.postMessage(null);
  });
}

/** Measures from every key press (the system's time of it) until `isDone` holds and is painted. */
function measureKeys(isDone: (event: KeyboardEvent) => () => boolean): void {
  stop?.abort();
  stop = new AbortController();
  taken = [];
  const onKeyDown = (event: KeyboardEvent) => {
    if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
    const check = isDone(event);
    const look = () => {
      if (check()) taken.push(performance.now() - event.timeStamp);
      else afterPaint(look);
    };
    afterPaint(look);
  };
  // Before every listener of the page, some of which end the event.
  window.addEventListener("keydown", onKeyDown, { capture: true, signal: stop.signal });
}

const chosenTab = () =>
  document
    .querySelector('[role="tablist"][aria-label="Open documents"] [aria-selected="true"]')
    ?.getAttribute("aria-label");

const shownText = () =>
  [...document.querySelectorAll(".monaco-editor .view-lines")]
    .map((lines) => lines.textContent.replaceAll("\u00a0", " "))
    .join("\n");

const isRunShown = () =>
  [...document.querySelectorAll("button")].some(
    (button) => button.textContent.trim() === "Stop" && !button.disabled,
  );

const probe: Probe = {
  keysToPaint: () => measureKeys(() => () => true),
  keyToRunFeedback: () => measureKeys(() => isRunShown),
  keyToTab() {
    // Not asked for at the key press: the page's own listeners may have switched already.
    let before = chosenTab();
    measureKeys(() => () => {
      const now = chosenTab();
      if (now == null || now === before || !shownText().includes(`// ${now}`)) return false;
      before = now;
      return true;
    });
  },
  taken: (count) =>
    new Promise((resolve, reject) => {
      const giveUp = performance.now() + PATIENCE_MS;
      const look = () => {
        if (taken.length >= count) resolve(taken);
        else if (performance.now() > giveUp) reject(new Error("Nothing came of the key press."));
        else setTimeout(look, 5);
      };
      look();
    }),
  scroll(selector, pixels, frames) {
    const element = document.querySelector(selector);
    if (element === null) throw new Error(`There is no ${selector}.`);
    const times: number[] = [];
    return new Promise((resolve) => {
      const step = (time: number) => {
        times.push(time);
        if (times.length > frames) {
          resolve(times.slice(1).map((now, index) => now - (times[index] ?? now)));
          return;
        }
        element.scrollTop += pixels;
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
  },
};

Object.assign(globalThis, { probe });
