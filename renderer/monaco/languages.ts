import { extensionOf } from "../state/paths";

const BY_EXTENSION: Readonly<Record<string, string>> = {
  ".js": "javascript",
  ".mjs": "javascript",
  ".cjs": "javascript",
  ".ts": "typescript",
  ".mts": "typescript",
  ".json": "json",
  ".yaml": "yaml",
  ".yml": "yaml",
  ".md": "markdown",
  ".sql": "sql",
  ".css": "css",
  ".html": "html",
  ".xml": "xml",
  ".sh": "shell",
  ".ini": "ini",
  ".toml": "ini",
};

/** Monaco's language of a file. */
export const languageOf = (path: string): string => BY_EXTENSION[extensionOf(path)] ?? "plaintext";
