import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  openHandle: 'exec.exec("node", ["-e", "setInterval(() => {}, 1000)"])',
  handles: 20,
  denied: ['exec.run("node", ["--version"])', 'exec.exec("/bin/echo")', 'exec.run("/bin/sh", ["-c", "id"])'],
};
