import { join } from "node:path";
import type { AppInfo } from "../../shared/ipc/app";
import type { IpcEventName, IpcEventPayload } from "../../shared/ipc/events";
import type { Workspace } from "../../shared/ipc/workspace";
import { WorkbenchError } from "../../shared/model/error";
import type { SessionNotice, Unsubscribe } from "../core/api";
import { openWorkbench, type Workbench } from "../core/workbench";
import type { CurrentWorkspace } from "../ipc/handlers/context";
import { makeSample, samplePath } from "../workspace/sample";
import { describeWorkspace } from "./describe-workspace";
import { EventWindow } from "./event-window";
import { RecentFolders } from "./state/recent-folders";
import type { SettingsStore } from "./state/settings-store";
import { UiStateStore } from "./state/ui-state-store";

/** Started ahead for the next session, so that it is there at once. */
const SPARE_HOSTS = 1;

export interface OpenWorkspaceOptions {
  readonly dataFolder: string;
  /** Where the sample workspace is made. */
  readonly documentsFolder: string;
  readonly settings: SettingsStore;
  readonly emit: <Name extends IpcEventName>(name: Name, payload: IpcEventPayload<Name>) => void;
  readonly log: (message: string, cause?: unknown) => void;
}

/** The workspace that the window shows: one at a time, with everything that has to be told about it. */
export class OpenWorkspace implements CurrentWorkspace {
  readonly #recent: RecentFolders;
  readonly #sample: string;
  readonly #noticesOfStart: AppInfo["notices"] = [];
  #workbench: Workbench | undefined;
  #info: Workspace | null = null;
  #uiState: UiStateStore;
  #subscriptions: Unsubscribe[] = [];
  readonly #events = new EventWindow(({ sessionId, executionId, events }) =>
    this.options.emit("execution.events", { sessionId, executionId, events: [...events] }),
  );

  constructor(private readonly options: OpenWorkspaceOptions) {
    this.#sample = samplePath(options.documentsFolder);
    this.#recent = new RecentFolders(join(options.dataFolder, "recent.json"));
    this.#uiState = new UiStateStore(join(options.dataFolder, "window"));
  }

  /** Opens the named folder, else the last one, else the sample. What fails becomes a notice: the application opens. */
  async openFirst(named: string | undefined): Promise<void> {
    const wanted = named ?? this.recent()[0];
    if (wanted !== undefined && (await this.#tryAtStart(() => this.open(wanted)))) return;
    if (named === undefined) await this.#tryAtStart(() => this.openSample());
  }

  /** Notices of opening at start, once; later ones are sent as events. */
  takeNotices(): AppInfo["notices"] {
    return this.#noticesOfStart.splice(0);
  }

  workbench(): Workbench {
    if (this.#workbench === undefined)
      throw new WorkbenchError("WORKSPACE_UNAVAILABLE", "No folder is open. Open one first.");
    return this.#workbench;
  }

  info(): Workspace | null {
    return this.#info;
  }

  uiState(): UiStateStore {
    return this.#uiState;
  }

  recent(): string[] {
    return this.#recent.list();
  }

  /** Opens a folder in place of the present one. Throws `WORKSPACE_UNAVAILABLE`; the present one then stays open. */
  async open(root: string): Promise<Workspace> {
    const { settings, dataFolder, log } = this.options;
    const next = openWorkbench({
      workspaceRoot: root,
      dataDir: dataFolder,
      spareHosts: SPARE_HOSTS,
      defaultLimits: () => settings.get().defaultLimits,
    });
    const previous = this.#detach();
    this.#workbench = next;
    this.#uiState = new UiStateStore(join(next.dataFolder, "window"));
    this.#info = describeWorkspace(next.workspaceRoot, next.workspaceRoot === this.#sample);
    this.#attach(next);
    try {
      next.history.prune(settings.get().history);
    } catch (error) {
      log("The history could not be pruned", error);
    }
    await this.#recent
      .add(next.workspaceRoot)
      .catch((error: unknown) => log("The list of recent folders could not be saved", error));
    this.options.emit("workspace.changed", { workspace: this.#info });
    for (const notice of next.notices) this.#notify(notice.code, notice.message);
    await previous?.close();
    return this.#info;
  }

  /** Makes the sample workspace where it is missing, and opens it. */
  async openSample(): Promise<Workspace> {
    await makeSample(this.#sample);
    return this.open(this.#sample);
  }

  /** Closes the workspace; resolves when everything is written. */
  async dispose(): Promise<void> {
    const workbench = this.#detach();
    this.#workbench = undefined;
    await Promise.all([workbench?.close(), this.#uiState.flush()]);
  }

  async #tryAtStart(open: () => Promise<unknown>): Promise<boolean> {
    try {
      await open();
      return true;
    } catch (error) {
      this.options.log("A workspace could not be opened at start", error);
      const code = error instanceof WorkbenchError ? error.code : "WORKSPACE_UNAVAILABLE";
      this.#noticesOfStart.push({ code, message: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  #notify(code: string, message: string): void {
    this.#noticesOfStart.push({ code, message });
    this.options.emit("app.notice", { code, severity: "warning", message });
  }

  #attach(workbench: Workbench): void {
    const { emit } = this.options;
    this.#subscriptions = [
      workbench.sessions.subscribe((notice) => this.#tellSession(notice)),
      workbench.templates.subscribe((templates) => emit("templates.changed", { templates })),
      closeWatch(workbench.files.watch((changes) => emit("files.changed", { ...changes }))),
    ];
  }

  #detach(): Workbench | undefined {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#subscriptions = [];
    this.#events.dispose();
    return this.#workbench;
  }

  #tellSession(notice: SessionNotice): void {
    const { emit } = this.options;
    switch (notice.type) {
      case "session":
        return emit("session.changed", { session: notice.session });
      case "sessionRemoved":
        return emit("session.removed", { id: notice.id });
      case "execution":
        if (notice.execution.status !== "running") this.#events.flush(notice.execution.id);
        return emit("execution.changed", { execution: notice.execution });
      case "events":
        return this.#events.add(notice);
    }
  }
}

function closeWatch(watch: { close(): Promise<void> }): Unsubscribe {
  return () => void watch.close();
}
