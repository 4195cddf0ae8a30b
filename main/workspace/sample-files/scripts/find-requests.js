/**
 * Finds requests in a web server's log and lists the slowest of them. Run it in the template "Log report".
 *
 * @param {string} args.path - How their address begins, such as /products
 * @param {integer} [args.top=5] - How many to list
 * @param {"any" | "ok" | "failed"} [args.outcome=any] - Which answers count; failed are 4xx and 5xx
 * @param {boolean} args.robots - Counts monitoring and command lines too
 * @param {file} [args.log=data/access.log] - The log, by its path in the workspace
 */
const fs = require("fs");
const { parseLog } = require("../lib/access-log");

const ROBOT = /bot|probe|curl/i;
const { requests } = parseLog(fs.readFileSync(args.log, "utf8"));
const found = requests.filter(
  ({ path, status, agent }) =>
    path.startsWith(args.path) &&
    (args.outcome === "any" || (args.outcome === "failed") === status >= 400) &&
    (args.robots || !ROBOT.test(agent)),
);

console.log("%d requests to %s…", found.length, args.path);
const slowest = found.toSorted((a, b) => b.ms - a.ms).slice(0, args.top);
console.table(slowest.map(({ method, path, status, ms }) => ({ method, path, status, ms })));

({ found: found.length, slowest: slowest[0]?.ms });
