import { randomUUID } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Execution } from "../shared/model/execution";
import type { Session } from "../shared/model/session";
import { templateSchema, type Template, type TemplateInput } from "../shared/model/template";
import { openWorkbench, type Workbench } from "../main/core/workbench";

/** The product's core on a temporary workspace, as window and command line use it. */
export class Product {
  readonly root: string;
  readonly workbench: Workbench;
  private readonly base = realpathSync(mkdtempSync(join(tmpdir(), "vmw-bench-")));

  constructor(spareHosts = 0) {
    this.root = this.base;
    this.workbench = openWorkbench({
      workspaceRoot: this.base,
      dataDir: join(this.base, ".data"),
      spareHosts,
    });
  }

  static template(input: Partial<Omit<TemplateInput, "id">> = {}): Template {
    const limits = { cpuMs: 600_000, wallMs: 600_000, maxEvents: 10_000_000, maxOutputKb: 1_000_000 };
    return templateSchema.parse({ name: "Bench", limits, ...input, id: randomUUID() });
  }

  async session(template = Product.template()): Promise<Session> {
    const session = await this.workbench.sessions.create(template).started;
    if (session.status !== "ready")
      throw new Error(session.lastError?.message ?? "The session did not start.");
    return session;
  }

  /** Runs a snippet and throws when it fails. */
  async run(session: Session, source: string): Promise<Execution> {
    const ended = await this.workbench.sessions.execute(session.id, { kind: "repl", source }).finished;
    if (ended.status !== "ok") throw new Error(`${ended.status}: ${ended.error?.message}`);
    return ended;
  }

  async dispose(): Promise<void> {
    await this.workbench.close();
    rmSync(this.base, { recursive: true, force: true });
  }
}
