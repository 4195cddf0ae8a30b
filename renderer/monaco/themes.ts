import type { editor } from "monaco-editor/editor";

type Defining = { readonly editor: { defineTheme(name: string, theme: editor.IStandaloneThemeData): void } };

/** The look that a person chose, resolved from "as the system". */
export type Look = "light" | "dark" | "highContrast";

export const themeOf = (look: Look): string =>
  ({ light: "workbench-light", dark: "workbench-dark", highContrast: "workbench-contrast" })[look];

/** Monaco cannot read CSS variables, so the colours of styles/tokens.css are repeated here. */
export function defineThemes(monaco: Defining): void {
  monaco.editor.defineTheme("workbench-light", {
    base: "vs",
    inherit: true,
    rules: [
      { token: "comment", foreground: "6b7280", fontStyle: "italic" },
      { token: "keyword", foreground: "8b2fa5" },
      { token: "string", foreground: "1d7146" },
      { token: "number", foreground: "0b5fae" },
      { token: "regexp", foreground: "a43d10" },
      { token: "type", foreground: "0e6a92" },
      { token: "string.key.json", foreground: "8a3b12" },
      { token: "string.value.json", foreground: "1d7146" },
    ],
    colors: {
      "editor.background": "#ffffff",
      "editor.foreground": "#1d1f27",
      "editorLineNumber.foreground": "#8a8f9d",
      "editorLineNumber.activeForeground": "#1d1f27",
      "editor.lineHighlightBackground": "#f5f5f8",
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": "#cdd3fa",
      "editor.inactiveSelectionBackground": "#e4e7fb",
      "editorIndentGuide.background1": "#ececf1",
      "editorIndentGuide.activeBackground1": "#c9cbd4",
      "editorWidget.background": "#ffffff",
      "editorWidget.border": "#c9cbd4",
      "editorGutter.background": "#ffffff",
      "editorCursor.foreground": "#4351c4",
      focusBorder: "#4351c4",
    },
  });
  monaco.editor.defineTheme("workbench-dark", {
    base: "vs-dark",
    inherit: true,
    rules: [
      { token: "comment", foreground: "8b909e", fontStyle: "italic" },
      { token: "keyword", foreground: "cf9ce6" },
      { token: "string", foreground: "8fd0a4" },
      { token: "number", foreground: "7cbcf5" },
      { token: "regexp", foreground: "efa07a" },
      { token: "type", foreground: "7fd0e0" },
      { token: "string.key.json", foreground: "e6ab7c" },
      { token: "string.value.json", foreground: "8fd0a4" },
    ],
    colors: {
      "editor.background": "#1b1c21",
      "editor.foreground": "#e3e5eb",
      "editorLineNumber.foreground": "#6b707e",
      "editorLineNumber.activeForeground": "#e3e5eb",
      "editor.lineHighlightBackground": "#22242b",
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": "#3a4280",
      "editor.inactiveSelectionBackground": "#2b3158",
      "editorIndentGuide.background1": "#2a2c34",
      "editorIndentGuide.activeBackground1": "#4a4d59",
      "editorWidget.background": "#24262d",
      "editorWidget.border": "#41444f",
      "editorGutter.background": "#1b1c21",
      "editorCursor.foreground": "#98a4ff",
      focusBorder: "#98a4ff",
    },
  });
  monaco.editor.defineTheme("workbench-contrast", {
    base: "hc-black",
    inherit: true,
    rules: [],
    colors: { "editor.background": "#000000", focusBorder: "#ffd800", contrastActiveBorder: "#ffd800" },
  });
}
