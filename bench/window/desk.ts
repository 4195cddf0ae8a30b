import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright";
import { z } from "zod";

const PATIENCE_MS = 60_000;
const numbersSchema = z.array(z.number());
const outcomeSchema = z.object({ id: z.string(), text: z.string() }).optional();

/** What somebody does in the product's window, by roles and names. */
export class Desk {
  constructor(readonly page: Page) {}

  /** Opens a file of the workspace as a tab that stays. */
  async open(file: string): Promise<void> {
    const item = this.page
      .getByRole("tree", { name: "Files" })
      .getByRole("treeitem", { name: file, exact: true });
    await item.dblclick();
    await this.page.locator(".view-lines", { hasText: file }).first().waitFor();
  }

  /** Puts the cursor into the first line of the editor that is shown. */
  async focusEditor(): Promise<void> {
    await this.page.getByRole("region", { name: "Editors" }).getByRole("code").first().click();
    await this.page.keyboard.press("Control+Home");
  }

  /** Runs the script of the shown tab to its end; gives the text of the console's outcome line. */
  async run(): Promise<string> {
    const before = await this.lastOutcome();
    await this.page.keyboard.press("F5");
    return this.outcomeAfter(before);
  }

  /** Stops what runs; gives the text of the console's outcome line. */
  async stop(): Promise<string> {
    const before = await this.lastOutcome();
    await this.page.keyboard.press("Control+.");
    return this.outcomeAfter(before);
  }

  private async outcomeAfter(before: { id: string } | undefined): Promise<string> {
    for (const giveUp = Date.now() + PATIENCE_MS; Date.now() < giveUp; await sleep(5)) {
      const now = await this.lastOutcome();
      if (now !== undefined && now.id !== before?.id) return now.text;
    }
    throw new Error("The script does not end.");
  }

  /** The execution that ended last, by the console. */
  private async lastOutcome(): Promise<{ id: string; text: string } | undefined> {
    const outcome = await this.page.evaluate(`(() => {
      const lines = document.querySelectorAll('[role="log"] [data-execution-status]:not([data-execution-status="running"])');
      const last = lines[lines.length - 1];
      return last && { id: last.dataset.executionId, text: last.textContent };
    })()`);
    return outcomeSchema.parse(outcome);
  }

  async start(): Promise<void> {
    await this.page.keyboard.press("F5");
    await this.button("Stop", true).waitFor();
  }

  async untilIdle(): Promise<void> {
    await this.button("Stop", false).waitFor({ timeout: 120_000 });
  }

  private button(name: string, enabled: boolean) {
    return this.page.locator(`button:${enabled ? "enabled" : "disabled"}`, {
      hasText: new RegExp(`^${name}$`),
    });
  }

  /** Presses a key `count` times and gives the milliseconds that the probe took of each. */
  async pressAndMeasure(
    what: "keysToPaint" | "keyToTab" | "keyToRunFeedback",
    key: string,
    count: number,
    between: () => Promise<unknown>,
  ): Promise<number[]> {
    await this.page.evaluate(`probe.${what}()`);
    for (let done = 1; done <= count; done++) {
      await this.page.keyboard.press(key);
      await this.page.evaluate(`probe.taken(${done})`);
      await between();
    }
    return numbersSchema.parse(await this.page.evaluate(`probe.taken(${count})`));
  }

  /** Milliseconds between the frames while an element scrolls. */
  async scroll(selector: string, pixels: number, frames: number): Promise<number[]> {
    return framesOf(this.page, selector, pixels, frames);
  }
}

/** Milliseconds between the frames of a page while an element scrolls. */
export async function framesOf(
  page: Page,
  selector: string,
  pixels: number,
  frames: number,
): Promise<number[]> {
  return numbersSchema.parse(
    await page.evaluate(`probe.scroll(${JSON.stringify(selector)}, ${pixels}, ${frames})`),
  );
}
