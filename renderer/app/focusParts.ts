import { focusablesIn } from "../ui";

/** A part of the window that keys lead to; each carries its name as `data-part`, and its content `data-part-body`. */
type Part = "run" | "side" | "editors" | "panel" | "status";

/** What somebody who comes to a part wants to do there: type, else scroll, else use its first control. */
const FIRST = ["textarea, [role='textbox']", "[role='log'], [role='tree']", "*"];

/** Puts the focus into a part, once what was just asked for is shown. */
export function focusPart(name: Part): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      const part = document.querySelector(`[data-part="${name}"]`);
      if (part !== null) targetIn(part)?.focus();
    }),
  );
}

/** Puts the focus into the next part of the window, or the one before; behind the last comes the first. */
export function stepPart(by: 1 | -1): void {
  // A maximised panel leaves the editors no room.
  const parts = [...document.querySelectorAll("[data-part]")].filter((part) => part.clientHeight > 0);
  const from = parts.findIndex((part) => part.contains(document.activeElement));
  const start = from === -1 ? (by === 1 ? -1 : 0) : from;
  for (let step = 1; step <= parts.length; step += 1) {
    const part = parts[(start + by * step + 2 * parts.length) % parts.length];
    const target = part === undefined ? undefined : targetIn(part);
    if (target === undefined) continue;
    target.focus();
    return;
  }
}

function targetIn(part: Element): HTMLElement | undefined {
  const body = part.querySelector("[data-active] [data-part-body]") ?? part.querySelector("[data-part-body]");
  const inside = body === null ? [] : focusablesIn(body);
  const candidates = inside.length > 0 ? inside : focusablesIn(part);
  for (const wanted of FIRST) {
    const found = candidates.find((element) => element.matches(wanted));
    if (found !== undefined) return found;
  }
  return undefined;
}
