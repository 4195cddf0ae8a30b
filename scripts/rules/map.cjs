/** The folders of main/ that window and command line share. */
const CORE = [
  "core",
  "history",
  "libraries",
  "modules",
  "parameters",
  "sessions",
  "templates",
  "vm",
  "workspace",
];

/**
 * Who may import whom in main/, besides shared/: the table of docs/ARCHITECTURE.md. A folder, or one file or folder in it.
 * The runtime and the native modules know no sessions, history or IPC; the core knows no shell.
 */
const MAY_IMPORT = {
  app: [...CORE, "ipc"],
  ipc: [...CORE, "app/state"],
  cli: CORE,
  core: CORE,
  templates: ["modules", "workspace"],
  parameters: [],
  workspace: ["core/assets"],
  modules: ["core/assets", "core/sqlite", "libraries", "vm", "workspace"],
  libraries: ["core/assets"],
  sessions: ["core/api", "core/assets", "libraries", "modules", "parameters", "vm", "workspace"],
  vm: ["core/assets", "libraries", "modules"],
  history: ["core/api", "core/assets", "core/file-lock", "core/sqlite"],
};

module.exports = { CORE, MAY_IMPORT };
