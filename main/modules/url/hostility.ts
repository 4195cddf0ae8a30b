import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [],
  slow: ['for (;;) new url.URL("http://" + "\\u4e00\\u4e01".repeat(900) + ".de/" + "../".repeat(1e5))'],
  denied: [],
};
