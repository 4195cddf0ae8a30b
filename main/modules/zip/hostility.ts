import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  before: 'await zip.create("many.zip", { a: "a" });',
  openHandle: 'zip.read("many.zip", "a")',
  handles: 2000,
  denied: ['zip.list("/etc/a.zip")', 'zip.create("a.zip", { a: "a" })', 'zip.extract("../a.zip", "out")'],
};
