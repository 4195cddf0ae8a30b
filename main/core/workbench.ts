import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { WorkbenchError } from "../../shared/model/error";
import { NO_TEMPLATE } from "../../shared/model/no-template";
import { templateSchema, type Limits, type Template } from "../../shared/model/template";
import { HistoryFiles } from "../history/files";
import { openHistory, type Notice } from "../history/open-history";
import { libraryIds } from "../libraries/catalogue";
import type { Registry } from "../modules/registry";
import { createSessionManager } from "../sessions/session-manager";
import { TemplateStore } from "../templates/store";
import { workspaceRules } from "../templates/workspace-rules";
import { ScriptIndex } from "../templates/suggest";
import { WorkspaceFiles } from "../workspace/files";
import { errorCode } from "../workspace/paths";
import { Trash } from "../workspace/trash";
import { WriteTurns } from "../workspace/write-turns";
import type { HistoryStore, SessionManager } from "./api";
import { dataFolder } from "./data-folder";
import { writeLock } from "./file-lock";

export interface WorkbenchOptions {
  /** The folder to open. */
  readonly workspaceRoot: string;
  /** Where history and trash are kept; default: `VM_WORKBENCH_DATA`, or the platform's folder. */
  readonly dataDir?: string;
  /** Session hosts kept started for the next sessions; default 0. */
  readonly spareHosts?: number;
  /** Least age in milliseconds of the history's newest backup before closing makes another; default 0. */
  readonly backupMinAgeMs?: number;
  /** Limits that new templates start with. */
  readonly defaultLimits?: () => Partial<Limits>;
}

/** Everything that an open workspace offers, without a window: window and command line use the same. */
export interface Workbench {
  /** Real, absolute path. */
  readonly workspaceRoot: string;
  /** Folder of this workspace inside the data folder. */
  readonly dataFolder: string;
  /** What the user must know at start. */
  readonly notices: readonly Notice[];
  /** The application's native modules and those of the workspace, as they are now. */
  readonly registry: Registry;
  readonly templates: TemplateStore;
  readonly files: WorkspaceFiles;
  /** What the workspace's scripts load. */
  readonly scripts: ScriptIndex;
  readonly history: HistoryStore;
  readonly sessions: SessionManager;
  /** The template of a session that is started without one. */
  defaultTemplate(): Template;
  /** Closes every session, waits for writes (not for ever), closes the history. Idempotent. */
  close(): Promise<void>;
}

/** The template of a session that is started without one: the defaults and no modules. */
export function plainTemplate(limits: Partial<Limits> = {}): Template {
  return templateSchema.parse({ limits, ...NO_TEMPLATE });
}

/** Real path of a workspace. Throws `WORKSPACE_UNAVAILABLE` when it is not a folder that can be read. */
export function resolveWorkspace(path: string): string {
  let reason = "it is not a folder";
  try {
    const real = realpathSync(path);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    reason = errorCode(error) === "ENOENT" ? "it does not exist" : String(error);
  }
  throw new WorkbenchError(
    "WORKSPACE_UNAVAILABLE",
    `The folder ${path} cannot be opened: ${reason}. Choose another one.`,
    {
      path,
    },
  );
}

/** The templates of a workspace alone; what needs no session and no history. */
export function openTemplates(options: WorkbenchOptions): TemplateStore {
  const root = resolveWorkspace(options.workspaceRoot);
  return templatesOf(root, HistoryFiles.forWorkspace(options.dataDir ?? dataFolder(), root), options);
}

function templatesOf(
  root: string,
  kept: HistoryFiles,
  options: Pick<WorkbenchOptions, "defaultLimits">,
  turns = turnsOf(kept),
): TemplateStore {
  return new TemplateStore({
    workspaceRoot: root,
    rules: workspaceRules(root, libraryIds),
    trash: trashOf(kept),
    turns,
    ...(options.defaultLimits === undefined ? {} : { defaultLimits: options.defaultLimits }),
  });
}

function trashOf(kept: HistoryFiles): Trash {
  return new Trash(join(kept.folder, "trash"));
}

/** Window and command lines of one workspace write one after the other, or one would undo what the other has saved. */
function turnsOf(kept: HistoryFiles): WriteTurns {
  return new WriteTurns(() => writeLock(kept.writeLock));
}

/**
 * Opens a workspace. Throws `WORKSPACE_UNAVAILABLE`; trouble with the history is not an error but a notice.
 */
export function openWorkbench(options: WorkbenchOptions): Workbench {
  const workspaceRoot = resolveWorkspace(options.workspaceRoot);
  const dataDir = options.dataDir ?? dataFolder();
  const kept = HistoryFiles.forWorkspace(dataDir, workspaceRoot);
  const turns = turnsOf(kept);
  const templates = templatesOf(workspaceRoot, kept, options, turns);
  const { store: history, notices } = openHistory({
    dataDir,
    workspaceRoot,
    ...(options.backupMinAgeMs === undefined ? {} : { backupMinAgeMs: options.backupMinAgeMs }),
  });
  const sessions = createSessionManager({
    history,
    workspaceRoot,
    registry: () => templates.rules.registry,
    ...(options.spareHosts === undefined ? {} : { spareHosts: options.spareHosts }),
  });
  const files = new WorkspaceFiles({ workspaceRoot, trash: trashOf(kept), turns });
  let closing: Promise<void> | undefined;
  return {
    workspaceRoot,
    dataFolder: kept.folder,
    notices,
    get registry() {
      return templates.rules.registry;
    },
    templates,
    files,
    scripts: new ScriptIndex(workspaceRoot),
    history,
    sessions,
    defaultTemplate: () => plainTemplate(options.defaultLimits?.()),
    close: () => (closing ??= closeAll(sessions, [templates, files], history)),
  };
}

async function closeAll(
  sessions: SessionManager,
  others: readonly { dispose(): Promise<void> }[],
  history: HistoryStore,
): Promise<void> {
  await Promise.all([sessions, ...others].map((each) => each.dispose()));
  history.close();
}
