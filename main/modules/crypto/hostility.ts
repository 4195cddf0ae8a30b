import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [
    { what: "unfinished hashes", open: 'crypto.createHash("sha256").update("x")' },
    { what: "unfinished HMACs", open: 'crypto.createHmac("sha256", "key").update("x")' },
  ],
  slow: [
    'for (;;) try { crypto.pbkdf2Sync("a", "b", 50_000, 64, "sha512") } catch {}',
    'for (;;) crypto.createHash("sha512").update(new Uint8Array(3e7)).digest()',
  ],
  denied: [],
};
