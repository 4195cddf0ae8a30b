// Reads a web server's log and writes a report. Run it in the template "Log report", which allows fs and yaml;
// in any other it says which module is missing.
const fs = require("fs");
const yaml = require("yaml");
const { parseLog, countBy, percentile } = require("../lib/access-log");

const config = yaml.parse(fs.readFileSync("data/report.yaml", "utf8"));
const { requests: all, unreadable } = parseLog(fs.readFileSync(config.log, "utf8"));
const requests = all.filter(({ agent }) => !config.ignore.agents.some((name) => agent.includes(name)));

const times = requests.map(({ ms }) => ms);
const slow = requests.filter(({ ms }) => ms > config.slowMs);
const failed = requests.filter(({ status }) => status >= 500);
const paths = countBy(requests, ({ path }) => path).slice(0, config.top.paths);
const clients = countBy(requests, ({ client }) => client).slice(0, config.top.clients);
const hours = countBy(requests, ({ hour }) => hour).sort(([a], [b]) => a - b);
const statuses = countBy(requests, ({ status }) => `${Math.floor(status / 100)}xx`).sort();

console.log(config.title);
console.log(
  "%d requests, monitoring left out: %d, lines unreadable: %d",
  requests.length,
  all.length - requests.length,
  unreadable,
);
console.table(statuses.map(([status, count]) => ({ status, count })));
if (failed.length > 0)
  console.warn(`${failed.length} requests failed, ${slow.length} took longer than ${config.slowMs} ms`);

const row = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, rows) => [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
const report = `# ${config.title}

${requests.length} requests; half of them within ${percentile(times, 0.5)} ms, 95 % within ${percentile(times, 0.95)} ms.
${slow.length} were slow, ${failed.length} failed.

${table(["status", "requests"], statuses)}

## Most asked for

${table(["path", "requests"], paths)}

## Busiest clients

${table(["client", "requests"], clients)}

## By hour

${hours.map(([hour, count]) => `    ${String(hour).padStart(2, "0")}:00 ${"▇".repeat(Math.ceil(count / 2))} ${count}`).join("\n")}
`;

fs.mkdirSync("out", { recursive: true });
fs.writeFileSync(config.output, report);
console.log("Report written to", config.output);

({
  requests: requests.length,
  failed: failed.length,
  slow: slow.length,
  p95: percentile(times, 0.95),
  report: config.output,
});
