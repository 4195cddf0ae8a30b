import { isIP } from "node:net";
import { z } from "zod";
import { unique, type ConstantText, type ModuleCall } from "../module-calls";
import type { ConfigRemark } from "../record";

/** `https://api.example.com`, `https://*.example.com`, `http://127.0.0.1:8080`, or `*` for every public one. */
function isOriginPattern(text: string): boolean {
  if (text === "*") return true;
  const probe = text.replace("://*.", "://wildcard.");
  if (probe.includes("*")) return false;
  try {
    const url = new URL(probe);
    return (
      (url.protocol === "https:" || url.protocol === "http:") &&
      url.origin === probe.replace(/:(443|80)$/, (port) => (url.port === "" ? "" : port)) &&
      url.username === ""
    );
  } catch {
    return false;
  }
}

/** Nothing may be reached unless it is listed. */
export const configSchema = z.strictObject({
  origins: z
    .array(
      z
        .string()
        .refine(
          isOriginPattern,
          'Write an origin such as "https://api.example.com", "https://*.example.com" or "*", without a path.',
        ),
    )
    .max(64)
    .default([])
    .describe(
      'Origins that scripts may reach: scheme, host and port, such as "https://api.example.com". "*" is every public one.',
    ),
  privateAddresses: z
    .array(z.string().refine((text) => isIP(text) !== 0, "Write an IP address."))
    .max(64)
    .default([])
    .describe(
      "Private or loopback addresses to which the name of a listed origin may lead. An origin that is written with its address, or localhost, needs no entry.",
    ),
  maxBodyKb: z
    .int()
    .min(1)
    .max(262_144)
    .default(4096)
    .describe("Largest body of an answer, in KB, after decompression."),
  timeoutMs: z
    .int()
    .min(1)
    .max(600_000)
    .default(30_000)
    .describe("How long one request may take, redirects and body included."),
});
export type FetchConfig = z.infer<typeof configSchema>;

/** What the configuration permits, in plain words. */
export function describeEffects(config: FetchConfig): string[] {
  return config.origins.map((origin) =>
    origin === "*" ? "send requests to every public address on the network" : `send requests to ${origin}`,
  );
}

/** What somebody who reviews the configuration should know. */
export function remarkOn(config: FetchConfig): ConfigRemark[] {
  const remarks: ConfigRemark[] = [];
  if (config.origins.length === 0)
    remarks.push({
      rule: "no-origins",
      severity: "info",
      message: "No origin is listed: every request is refused.",
    });
  if (config.origins.includes("*")) {
    remarks.push({
      rule: "every-origin",
      severity: "warning",
      message: "Scripts may send what they read to anybody: list the origins that are needed.",
    });
    // An origin that is written with its address, or localhost, may be private: "*" does not allow it.
    const others = config.origins.filter(
      (origin) => origin !== "*" && !/^https?:\/\/(?:[\d.]+|\[.*\]|localhost)(?::\d+)?$/.test(origin),
    );
    if (others.length > 0) {
      const message = `"*" allows every public address already, so listing ${others.join(", ")} adds nothing.`;
      remarks.push({ rule: "origins-redundant", severity: "info", message });
    }
  }
  if (config.origins.some((origin) => origin.startsWith("http:"))) {
    remarks.push({
      rule: "plain-http",
      severity: "info",
      message: "Requests by http: can be read and changed on the way.",
    });
  }
  return remarks;
}

/** The origins that calls name as constants. */
export function configFromCalls(calls: readonly ModuleCall[]): Pick<FetchConfig, "origins"> {
  const requests = calls.filter(({ member }) => ["fetch", "", "client"].includes(member));
  return { origins: unique(requests.map((call) => originOf(call.args[0]))) };
}

function originOf(text: ConstantText | undefined): string | undefined {
  // Cut within the host, another host may follow: `https://api.` says nothing.
  if (text === undefined || (text.partial && !/^https?:\/\/[^/]+\//.test(text.text))) return undefined;
  try {
    const { origin } = new URL(text.text);
    return origin === "null" ? undefined : origin;
  } catch {
    return undefined;
  }
}
