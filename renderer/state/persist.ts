import type { z } from "zod";
import type { Client } from "./client";

type Json = z.core.util.JSONType;

/** UI state kept by main for the workspace. */
export interface Persistence {
  /** The value of an earlier run; `undefined` when there is none or it does not fit any more. */
  load<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  /** Keeps a value soon: at most {@link SAVE_DELAY_MS} later, the newest wins. */
  save(key: string, value: () => Json): void;
  /** Keeps everything that waits, at once. */
  flush(): Promise<void>;
  /** Keeps nothing from now on: another workspace is open. */
  dispose(): void;
}

/** With main's own writing this stays below the promised second. */
export const SAVE_DELAY_MS = 300;

export function createPersistence(client: Client): Persistence {
  const waiting = new Map<string, () => Json>();
  let isDisposed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const entries = [...waiting];
    waiting.clear();
    await Promise.allSettled(
      entries.map(([key, value]) => client.request("app.setState", { key, value: value() })),
    );
  }

  return {
    async load(key, schema) {
      const { value } = await client.request("app.getState", { key });
      if (value === null) return undefined;
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : undefined;
    },
    save(key, value) {
      if (isDisposed) return;
      waiting.set(key, value);
      timer ??= setTimeout(() => void flush(), SAVE_DELAY_MS);
    },
    flush,
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
