import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [{ what: "commands that do not end", open: 'exec.exec("sleep", ["1000"])' }],
  surroundings: () => Promise.resolve({ config: { commands: ["sleep"] }, dispose: () => undefined }),
  slow: ['exec.run("sleep", ["1000"])', 'await exec.exec("sleep", ["1000"])'],
  denied: ['exec.run("node", ["--version"])', 'exec.exec("/bin/echo")', 'exec.run("/bin/sh", ["-c", "id"])'],
};
