/** The part of Electron's `WebFrameMain` that decides about trust. */
export interface SenderFrame {
  readonly url: string;
  readonly origin?: string;
  readonly parent: unknown;
}

/** The part of Electron's `WebContents` that decides about trust. */
export interface SenderContents {
  readonly id: number;
  isDestroyed(): boolean;
}

/**
 * Says why a caller may not use the contract, or gives `undefined` when it may: only the main frame of one of our
 * own windows, showing our own page (promise 16 in docs/promises.md).
 */
export function refusalReason(
  frame: SenderFrame | null | undefined,
  contents: SenderContents,
  trusted: { readonly origin: string; readonly isOurWindow: (contentsId: number) => boolean },
): string | undefined {
  if (contents.isDestroyed()) return "the sender is destroyed";
  if (!trusted.isOurWindow(contents.id)) return "the sender is not one of our windows";
  if (frame === null || frame === undefined) return "the sending frame is gone";
  if (frame.parent !== null) return "the sender is a sub-frame";
  if (frame.url !== trusted.origin && !frame.url.startsWith(`${trusted.origin}/`))
    return `the sender's origin is not ours: ${frame.url.slice(0, 200)}`;
  return undefined;
}
