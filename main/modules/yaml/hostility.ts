import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [],
  slow: [
    'yaml.parse("- a\\n".repeat(5e6))',
    "yaml.stringify(Array.from({ length: 1e6 }, (_, i) => ({ i })))",
    'yaml.parse("[".repeat(2e6))',
  ],
  denied: [],
};
