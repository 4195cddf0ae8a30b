import type { AppInfo } from "../../../shared/ipc/app";
import type { SearchMatch, Workspace } from "../../../shared/ipc/workspace";
import type { SettingsStore } from "../../app/state/settings-store";
import type { UiStateStore } from "../../app/state/ui-state-store";
import type { Workbench } from "../../core/workbench";

/** What only the shell around the core can do: the system's dialogs, trash, clipboard, browser. */
export interface Shell {
  /** Asks for a folder, beginning at one if it is given; `undefined` when the user cancelled. */
  chooseFolder(title: string, startAt?: string): Promise<string | undefined>;
  /** Asks where to save; `undefined` when the user cancelled. */
  chooseSavePath(suggestedName: string): Promise<string | undefined>;
  /** Asks whether to do something that cannot be undone. */
  confirm(question: { message: string; detail: string; action: string }): Promise<boolean>;
  revealInFileManager(absolutePath: string): void;
  copyText(text: string): void;
  /** Opens a link outside when it is allowed there. */
  openExternal(url: string): Promise<boolean>;
}

/** The workspace that is open, if any, and the ways to another one. */
export interface CurrentWorkspace {
  /** Throws `WORKSPACE_UNAVAILABLE` when none is open. */
  workbench(): Workbench;
  info(): Workspace | null;
  uiState(): UiStateStore;
  open(root: string): Promise<Workspace>;
  openSample(): Promise<Workspace>;
  recent(): string[];
}

/** Everything that handlers need; made once by the app. */
export interface HandlerContext {
  readonly current: CurrentWorkspace;
  readonly settings: SettingsStore;
  readonly shell: Shell;
  info(): AppInfo;
  /** Tells the window about new settings. */
  settingsChanged(): void;
  /** Sends results of a running search to the window. */
  searchResults(id: string, matches: SearchMatch[]): void;
}
