import type { editor } from "monaco-editor/editor";
import type { Settings } from "../state/settings";

/**
 * One colour for brackets: the calm look leaves colour to what needs attention. Monaco reads this one option by its dotted
 * name, and forgets it at the next change of a setting when it is given as the types say.
 */
const CALM_BRACKETS = { "bracketPairColorization.enabled": false };

/** Options of every code editor in the window. */
export const editorOptions = (settings: Settings): editor.IStandaloneEditorConstructionOptions => ({
  fontFamily: '"JetBrains Mono Variable", monospace',
  fontLigatures: false,
  fontSize: settings.fontSize,
  lineHeight: 1.55,
  tabSize: settings.tabSize,
  insertSpaces: true,
  wordWrap: settings.wordWrap ? "on" : "off",
  automaticLayout: true,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  renderLineHighlight: "line",
  overviewRulerBorder: false,
  guides: { indentation: true },
  padding: { top: 8, bottom: 8 },
  renderFinalNewline: "on",
  stickyScroll: { enabled: false },
  fixedOverflowWidgets: true,
  ...CALM_BRACKETS,
  // The enum exists only in Monaco's types; importing its value would load Monaco before the first frame.
  lightbulb: { enabled: "on" as editor.ShowLightbulbIconMode },
  accessibilitySupport: "auto",
  quickSuggestions: { other: true, comments: false, strings: true },
  unicodeHighlight: { ambiguousCharacters: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
});
