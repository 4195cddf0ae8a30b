/** Why a request failed. `code` is stable: `PERMISSION_DENIED`, `TIMEOUT`, `BODY_TOO_LARGE`, or the network's own. */
export class FetchError extends TypeError {
  override readonly name: string = "FetchError";

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** The request was ended by its signal, or with its execution. */
export class FetchAborted extends Error {
  override readonly name = "AbortError";
  readonly code = "ABORT_ERR";

  constructor() {
    super("The request was aborted.");
  }
}
