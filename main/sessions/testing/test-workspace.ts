import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ExecutionEvent } from "../../../shared/model/event";
import type { Execution } from "../../../shared/model/execution";
import type { ExecutionId, SessionId } from "../../../shared/model/ids";
import type { Session } from "../../../shared/model/session";
import { templateSchema, type Template, type TemplateInput } from "../../../shared/model/template";
import type { HistoryStore, SessionManager, SessionNotice } from "../../core/api";
import { openHistory } from "../../history/open-history";
import { createSessionManager } from "../session-manager";

/** A template as sessions get it. */
export function testTemplate(input: Partial<Omit<TemplateInput, "id">> = {}): Template {
  return templateSchema.parse({ name: "Test", ...input, id: randomUUID() });
}

/** A workspace in a temporary folder with its real history and session manager. */
export class TestWorkspace {
  readonly root: string;
  readonly dataDir: string;
  history: HistoryStore;
  sessions: SessionManager;
  /** Everything that was told. */
  readonly notices: SessionNotice[] = [];

  constructor(private readonly spareHosts = 0) {
    const base = realpathSync(mkdtempSync(join(tmpdir(), "vmw-sessions-")));
    this.root = join(base, "workspace");
    this.dataDir = join(base, "data");
    mkdirSync(this.root);
    [this.history, this.sessions] = this.open();
  }

  private open(): [HistoryStore, SessionManager] {
    const { store } = openHistory({ dataDir: this.dataDir, workspaceRoot: this.root });
    const sessions = createSessionManager({
      history: store,
      workspaceRoot: this.root,
      spareHosts: this.spareHosts,
    });
    sessions.subscribe((notice) => this.notices.push(notice));
    return [store, sessions];
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** A session that has started. */
  async session(input: Partial<Omit<TemplateInput, "id">> = {}): Promise<Session> {
    return this.sessions.create(testTemplate(input)).started;
  }

  repl(id: SessionId, source: string): Promise<Execution> {
    return this.sessions.execute(id, { kind: "repl", source }).finished;
  }

  events(id: ExecutionId): ExecutionEvent[] {
    return this.history.events(id, 0, 1_000_000).events;
  }

  /** The types of an execution's events, in order. */
  trace(id: ExecutionId): string[] {
    return this.events(id).map(({ type }) => type);
  }

  /** Resolves when a notice is told for which `matches` holds, or was told already. */
  until(matches: (notice: SessionNotice) => boolean): Promise<void> {
    if (this.notices.some(matches)) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.sessions.subscribe((notice) => {
        if (!matches(notice)) return;
        stop();
        resolve();
      });
    });
  }

  async dispose(): Promise<void> {
    await this.sessions.dispose();
    this.history.close();
    rmSync(dirname(this.root), { recursive: true, force: true });
  }
}
