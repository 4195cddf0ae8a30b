/** Whether shortcuts use the Command key. */
export const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

const MAC: Readonly<Record<string, string>> = {
  Mod: "⌘",
  Ctrl: "⌃",
  Shift: "⇧",
  Alt: "⌥",
  Enter: "↵",
  Up: "↑",
  Down: "↓",
  Left: "←",
  Right: "→",
  Backspace: "⌫",
  Delete: "⌦",
};
const OTHER: Readonly<Record<string, string>> = {
  Mod: "Ctrl",
  Up: "↑",
  Down: "↓",
  Left: "←",
  Right: "→",
  Delete: "Del",
};

/** Key caps of a shortcut such as `Mod+Shift+P`, in this platform's words. */
export function formatKeys(keys: string): string[] {
  const names = isMac ? MAC : OTHER;
  return keys
    .replace("++", "+Plus")
    .split("+")
    .map((key) => (key === "Plus" ? "+" : (names[key] ?? key)));
}

/** `Mod+Shift+P` of a keyboard event; `undefined` for a modifier alone. */
export function keysOfEvent(event: KeyboardEvent): string | undefined {
  const key = KEY_NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  if (["Control", "Shift", "Alt", "Meta", "AltGraph"].includes(key)) return undefined;
  const parts: string[] = [];
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (mod) parts.push("Mod");
  if (isMac && event.ctrlKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  // A shifted symbol is named by the symbol itself on most layouts: `+` needs no Shift in the name.
  if (event.shiftKey && (event.key.length > 1 || /[a-z0-9 ]/i.test(event.key))) parts.push("Shift");
  parts.push(key);
  return parts.join("+");
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowUp: "Up",
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  " ": "Space",
};
