import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [],
  slow: ['path.normalize("a/../".repeat(8e6))'],
  denied: [],
};
