// @ts-check

/** No Electron runtime could be found or fetched; the message says what was tried and what to do. */
export class RuntimeUnavailableError extends Error {
  /** @param {string} message @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = "RuntimeUnavailableError";
    this.code = "ELECTRON_UNAVAILABLE";
  }
}

/** The operating system lacks something that Electron needs; the message holds the command that installs it. */
export class SystemLibrariesError extends Error {
  /** @param {string} message @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = "SystemLibrariesError";
    this.code = "SYSTEM_LIBRARIES_MISSING";
  }
}

/**
 * One line about why something failed, for a list of attempts. Network errors hide the reason in `cause`.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && error.cause.message ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`;
}
