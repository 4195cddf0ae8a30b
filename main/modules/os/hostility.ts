import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [],
  denied: [
    "os.hostname()",
    "os.homedir()",
    "os.tmpdir()",
    "os.cpus()",
    "os.totalmem()",
    "os.release()",
    "os.type()",
  ],
};
