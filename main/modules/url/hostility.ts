import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = { handles: [], denied: [] };
