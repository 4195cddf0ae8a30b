"use strict";

// One line of the "combined" format with the response time in seconds at its end.
const LINE =
  /^(?<client>\S+) \S+ \S+ \[(?<time>[^\]]+)\] "(?<method>[A-Z]+) (?<path>\S+) [^"]+" (?<status>\d{3}) (?<bytes>\d+|-) "[^"]*" "(?<agent>[^"]*)" (?<seconds>[\d.]+)$/;

/**
 * Reads a log. Lines that do not fit (cut ones, for example) are counted, not guessed.
 * @param {string} text
 */
function parseLog(text) {
  const requests = [];
  let unreadable = 0;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const groups = LINE.exec(line)?.groups;
    if (groups === undefined) {
      unreadable++;
      continue;
    }
    requests.push({
      client: groups.client,
      hour: Number(groups.time.slice(12, 14)),
      method: groups.method,
      path: groups.path.replace(/\?.*$/, ""),
      status: Number(groups.status),
      bytes: groups.bytes === "-" ? 0 : Number(groups.bytes),
      agent: groups.agent,
      ms: Math.round(Number(groups.seconds) * 1000),
    });
  }
  return { requests, unreadable };
}

/** Counts values and gives the most frequent first. */
function countBy(items, keyOf) {
  const counts = new Map();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The value below which this share of the numbers lies. */
function percentile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

module.exports = { parseLog, countBy, percentile };
