import { createColorPalette, parseAnsiSequences, type ParseToken } from "ansi-sequence-parser";
import type { CSSProperties, ReactNode } from "react";

/** A terminal's named colours are the theme's, so that they can be read in each. */
const { value: colorOf } = createColorPalette({
  black: "var(--ansi-black)",
  red: "var(--ansi-red)",
  green: "var(--ansi-green)",
  yellow: "var(--ansi-yellow)",
  blue: "var(--ansi-blue)",
  magenta: "var(--ansi-magenta)",
  cyan: "var(--ansi-cyan)",
  white: "var(--ansi-white)",
  brightBlack: "var(--ansi-white)",
  brightRed: "var(--ansi-red)",
  brightGreen: "var(--ansi-green)",
  brightYellow: "var(--ansi-yellow)",
  brightBlue: "var(--ansi-blue)",
  brightMagenta: "var(--ansi-magenta)",
  brightCyan: "var(--ansi-cyan)",
  brightWhite: "var(--ansi-black)",
});

/** Text in the colours that its escape sequences say. */
export function AnsiText({ styled, part }: { styled: string; part(text: string): ReactNode }) {
  return parseAnsiSequences(styled).map((token, index) => (
    <span key={index} style={styleOf(token)}>
      {part(token.value)}
    </span>
  ));
}

function styleOf({ foreground, background, decorations }: ParseToken): CSSProperties {
  const isReversed = decorations.has("reverse");
  const front = isReversed ? background : foreground;
  const back = isReversed ? foreground : background;
  const lines = [
    decorations.has("underline") && "underline",
    decorations.has("strikethrough") && "line-through",
    decorations.has("overline") && "overline",
  ].filter(Boolean);
  return {
    ...(front === null ? {} : { color: colorOf(front) }),
    // A tint, on which the text's colours stay readable.
    ...(back === null ? {} : { backgroundColor: `color-mix(in srgb, ${colorOf(back)} 22%, transparent)` }),
    ...(decorations.has("bold") ? { fontWeight: 700 } : {}),
    ...(decorations.has("italic") ? { fontStyle: "italic" } : {}),
    ...(decorations.has("dim") ? { color: "var(--text-faint)" } : {}),
    ...(lines.length === 0 ? {} : { textDecoration: lines.join(" ") }),
  };
}
