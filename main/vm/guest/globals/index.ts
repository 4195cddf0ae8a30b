import { bare } from "../describe/intrinsics";
import type { GuestEnvironment } from "../environment";
import { objectDefineProperty } from "../primordials";
import { installAbort } from "./abort";
import { installBase64 } from "./base64";
import { defineGlobal, describeInterface } from "./define";
import { installDomException } from "./dom-exception";
import { installEvents } from "./events";
import { installStructuredClone } from "./structured-clone";
import { installTextCoding } from "./text-coding";
import { installUrl } from "./url";
import { installUrlSearchParams } from "./url-search-params";

/** Sets the globals that Node has and the engine lacks; timers and the console are set elsewhere. */
export function installGlobals(env: GuestEnvironment): void {
  const inspect = (value: unknown, options: object): string => env.describer.inspect(value, options);
  installDomException();
  installBase64(env.host);
  installTextCoding(env.host);
  installStructuredClone(env.view);
  installUrl(env.host, installUrlSearchParams(env.host, inspect), inspect);
  installAbort(env, installEvents(env));
  installPerformance(env);
}

function installPerformance(env: GuestEnvironment): void {
  class Performance {
    now(): number {
      return env.now();
    }
  }
  describeInterface(Performance.prototype, "Performance", ["now"]);
  const performance = new Performance();
  objectDefineProperty(
    performance,
    "timeOrigin",
    bare({ value: Date.now() - env.now(), writable: false, enumerable: true, configurable: true }),
  );
  defineGlobal("performance", performance, true);
}
