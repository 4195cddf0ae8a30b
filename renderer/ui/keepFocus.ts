const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const FOCUSABLE =
  ':is(a[href], button, input, textarea, select):not(:disabled, [tabindex="-1"]), [tabindex="0"]:not(:disabled)';

/** Where an element stands: itself and what it is in, each with its place among its siblings. */
type Way = readonly { readonly element: Element; readonly index: number }[];

/**
 * Keeps the focus from getting lost: when what has it is taken away or hidden (a deleted row, a closed tab, a button that
 * has done its work) or, for somebody at the keyboard, becomes disabled, it goes to what stands in its place. Gives the
 * function that ends this.
 */
export function keepFocus(document: Document): () => void {
  let last: Way = [];
  /** Where the focus was outside of dialogs and menus: when one of those goes, it goes back there. */
  let outside: Way = [];
  let isAtKeyboard = false;

  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    last = wayTo(target);
    if (target.closest(OVERLAY) === null) outside = last;
  };
  /** Who clicks beside everything has left it: what becomes of it later is of no interest. */
  const onLeave = ({ target, relatedTarget }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || relatedTarget !== null) return;
    setTimeout(() => {
      const isThere = target.isConnected && isVisible(target) && !target.matches(":disabled");
      if (isThere && document.activeElement === document.body && last[0]?.element === target) last = [];
    });
  };
  const onKey = () => (isAtKeyboard = true);
  const onPointer = () => (isAtKeyboard = false);

  let isLooking = false;
  const look = (changes: readonly MutationRecord[]) => {
    const lost = last[0]?.element;
    if (isLooking || lost === undefined) return;
    if (lost.isConnected) {
      // Whether something can be seen is only worth its price when something was hidden.
      if (!changes.some(({ type }) => type === "attributes")) return;
      const isDisabled = isAtKeyboard && lost.matches(":disabled");
      if (!isDisabled && (!(lost instanceof HTMLElement) || isVisible(lost))) return;
    }
    isLooking = true;
    // Whoever takes it away may give the focus to something else; dialogs do so after they have gone.
    requestAnimationFrame(() =>
      setTimeout(() => {
        isLooking = false;
        const { activeElement } = document;
        if (activeElement !== null && activeElement !== document.body && activeElement !== lost) return;
        const nearest = nearestOf(last) ?? nearestOf(outside);
        if (nearest === undefined) last = [];
        else nearest.focus();
      }),
    );
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled", "hidden"],
  });
  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", onLeave);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", onPointer, true);
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("focusout", onLeave);
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("pointerdown", onPointer, true);
  };
}

function wayTo(target: Element): Way {
  const way: { element: Element; index: number }[] = [];
  for (let element = target; element.parentElement !== null; element = element.parentElement) {
    if (element === element.ownerDocument.body) break;
    way.push({ element, index: [...element.parentElement.children].indexOf(element) });
  }
  return way;
}

/** What can have the focus and stands nearest to where a way led. */
function nearestOf(way: Way): HTMLElement | undefined {
  for (const [step, { index }] of way.entries()) {
    const around = way[step + 1]?.element;
    if (around === undefined) return undefined;
    if (!around.isConnected) continue;
    if (around instanceof HTMLElement && around.matches('[tabindex="0"]') && isVisible(around)) return around;
    const children = [...around.children];
    // What stands in its place now, then what stood before it, then what stands after.
    const nearestFirst = children
      .map((child, at) => ({ child, distance: Math.abs(at - index), isAfter: at > index }))
      .sort((a, b) => a.distance - b.distance || Number(a.isAfter) - Number(b.isAfter));
    for (const { child } of nearestFirst) {
      const [found] = focusablesIn(child);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** What the Tab key reaches in an element, the element itself included. */
export const focusablesIn = (root: Element): HTMLElement[] =>
  [root, ...root.querySelectorAll(FOCUSABLE)].filter(
    (element): element is HTMLElement =>
      element instanceof HTMLElement && element.matches(FOCUSABLE) && isVisible(element),
  );

// jsdom lays nothing out and has no such function.
const isVisible = (element: HTMLElement): boolean =>
  (element as Partial<HTMLElement>).checkVisibility?.() ?? true;
