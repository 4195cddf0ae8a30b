import { closestMatch } from "leven";

/**
 * The candidate that somebody who typed `name` most likely meant, case aside; `undefined` when none is near.
 * Short names tolerate one slip, longer ones a third of their length.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.trim().toLowerCase();
  if (wanted === "") return undefined;
  const same = candidates.find((candidate) => candidate.toLowerCase() === wanted);
  if (same !== undefined) return same;
  const lowered = candidates.map((candidate) => candidate.toLowerCase());
  const maxDistance = Math.max(1, Math.floor(wanted.length / 3));
  const match = closestMatch(wanted, lowered, { maxDistance });
  return match === undefined ? undefined : candidates[lowered.indexOf(match)];
}
