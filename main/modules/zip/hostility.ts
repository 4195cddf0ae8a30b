import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [
    {
      what: "archives that are read",
      before: 'await zip.create("many.zip", { a: "a" });',
      open: 'zip.read("many.zip", "a")',
    },
    {
      what: "archives that are extracted",
      before: 'await zip.create("many.zip", { a: "a" });',
      open: 'zip.extract("many.zip", "out", { overwrite: true })',
    },
  ],
  slow: [
    'for (;;) await zip.create("big.zip", { a: new Uint8Array(2e7) })',
    'for (;;) try { await zip.create("big.zip", [{ name: "a", file: "huge.bin" }]) } catch {}',
  ],
  denied: ['zip.list("/etc/a.zip")', 'zip.create("a.zip", { a: "a" })', 'zip.extract("../a.zip", "out")'],
};
