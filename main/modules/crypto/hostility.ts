import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [
    { what: "unfinished hashes", open: 'crypto.createHash("sha256").update("x")' },
    { what: "unfinished HMACs", open: 'crypto.createHmac("sha256", "key").update("x")' },
  ],
  denied: [],
};
