import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "undici";
import { z } from "zod";

const targetsSchema = z.array(
  z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }),
);
const answerSchema = z.object({
  id: z.int(),
  /** Absent when the page was exchanged meanwhile. */
  result: z.object({ result: z.object({ value: z.unknown().optional() }) }).optional(),
});
const PATIENCE_MS = 2000;

/**
 * Reads values from a page by Chromium's debugging protocol. Playwright controls an Electron application only from its
 * very start, which delays it; this one looks in afterwards.
 */
export class PageDebugger {
  private last = 0;

  private constructor(private readonly socket: WebSocket) {}

  /** Resolves when the first window's page can be asked. */
  static async attach(port: string): Promise<PageDebugger> {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      const page = targetsSchema
        .parse(await answer.json())
        .find(({ type, url }) => type === "page" && url !== "" && url !== "about:blank");
      if (page === undefined) {
        await sleep(20);
        continue;
      }
      const socket = new WebSocket(page.webSocketDebuggerUrl);
      await new Promise<void>((resolve, reject) => {
        socket.addEventListener("open", () => resolve());
        socket.addEventListener("error", () => reject(new Error("The page's debugger refused.")));
      });
      return new PageDebugger(socket);
    }
  }

  /** Value of an expression; `undefined` when there is none that JSON can carry, or no answer. */
  evaluate(expression: string): Promise<unknown> {
    this.last += 1;
    const id = this.last;
    return new Promise((resolve) => {
      // A page that is being exchanged for another one may never answer.
      const timer = setTimeout(() => settle(undefined), PATIENCE_MS);
      const settle = (value: unknown) => {
        clearTimeout(timer);
        this.socket.removeEventListener("message", onMessage);
        resolve(value);
      };
      const onMessage = ({ data }: { data: unknown }) => {
        const answer = answerSchema.safeParse(JSON.parse(String(data)));
        if (answer.success && answer.data.id === id) settle(answer.data.result?.result.value);
      };
      this.socket.addEventListener("message", onMessage);
      this.socket.send(JSON.stringify({ id, method: "Runtime.evaluate", params: { expression } }));
    });
  }

  close(): void {
    this.socket.close();
  }
}
