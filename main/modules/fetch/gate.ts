import { lookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { bareHost, isLoopbackAddress, isLoopbackName, isPublicAddress } from "./addresses";
import type { FetchConfig } from "./config";
import { FetchError } from "./errors";

function matches(pattern: string, url: URL): boolean {
  if (pattern === "*") return true;
  if (!pattern.includes("://*.")) return new URL(pattern).origin === url.origin;
  const wanted = new URL(pattern.replace("://*.", "://wildcard."));
  const suffix = wanted.hostname.slice("wildcard".length);
  return (
    url.protocol === wanted.protocol &&
    url.port === wanted.port &&
    url.hostname.endsWith(suffix) &&
    url.hostname.length > suffix.length
  );
}

/** Decides where requests may go: by origin before they are sent, by address when they connect. */
export class Gate {
  /** `resolve` finds the addresses of a name: the system's resolver, when it is left out. */
  constructor(
    private readonly config: FetchConfig,
    private readonly resolve: typeof lookup = lookup,
  ) {}

  /** Throws `PERMISSION_DENIED` unless the origin of the URL is listed. */
  check(url: URL): void {
    if (url.protocol !== "http:" && url.protocol !== "https:") {
      throw new FetchError(`Only http: and https: can be fetched, not ${url.protocol}`, "PERMISSION_DENIED");
    }
    if (url.username !== "" || url.password !== "") {
      throw new FetchError(
        "A URL cannot hold a user name or password: send them in a header.",
        "PERMISSION_DENIED",
      );
    }
    const allowed = this.config.origins.filter((pattern) => matches(pattern, url));
    if (allowed.length === 0) {
      throw new FetchError(
        `${url.origin} is not listed in the template (modules › fetch › origins).`,
        "PERMISSION_DENIED",
      );
    }
    const host = bareHost(url.hostname);
    // Written with its address: being listed by that is what allows a private one.
    if (
      isIP(host) !== 0 &&
      !this.mayConnect(
        host,
        host,
        allowed.every((pattern) => pattern === "*"),
      )
    )
      throw this.refused(host, host);
  }

  private mayConnect(address: string, hostname: string, byWildcard: boolean): boolean {
    if (isPublicAddress(address) || this.config.privateAddresses.includes(address)) return true;
    if (byWildcard) return false;
    if (isLoopbackName(hostname)) return isLoopbackAddress(address) && this.lists(hostname);
    return address === hostname && this.lists(hostname);
  }

  /** Whether an origin names exactly this host. */
  private lists(hostname: string): boolean {
    return this.config.origins.some(
      (pattern) =>
        pattern !== "*" && !pattern.includes("://*.") && bareHost(new URL(pattern).hostname) === hostname,
    );
  }

  private refused(hostname: string, address: string): FetchError {
    return new FetchError(
      `${hostname} is at the private address ${address}, which the template does not list (modules › fetch › privateAddresses).`,
      "PERMISSION_DENIED",
    );
  }

  /**
   * Resolves a name for a connection. The address that is checked is the one that is connected to, so a name that changes
   * its address in between gains nothing.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    this.resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const allowed = found.filter(({ address }) => this.mayConnect(address, hostname, false));
      const [first] = allowed;
      if (first === undefined) callback(this.refused(hostname, found[0]?.address ?? "unknown"), []);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
