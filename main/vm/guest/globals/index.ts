import type { GuestEnvironment } from "../environment";
export function installGlobals(env: GuestEnvironment): void {
  void env;
}
