import { defineModule } from "../record";
import { configFromCalls, configSchema, describeEffects } from "./config";
import { members } from "./docs";
import { createDatabaseHost } from "./host";
import { loadSqlite } from "./sqlite/library";
import { typings } from "./typings";

/** SQLite databases: files that the template lists, and databases in memory. */
export const databaseModule = defineModule({
  name: "database",
  aliases: ["db"],
  summary: "SQLite databases, in memory and in listed files of the workspace.",
  risk: "workspace",
  allows:
    "Opens the database files that the configuration lists, and databases in memory. Other files cannot be reached, not by SQL either.",
  typings,
  members,
  example: `const db = require("database");

db.configure("sqlite", ":memory:");
db.exec("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, born INTEGER)");

const insert = db.prepare("INSERT INTO people (name, born) VALUES (:name, :born)");
db.transaction(() => {
  insert.exec({ name: "Ada", born: 1815 });
  insert.exec({ name: "Grace", born: 1906 });
});

console.table(db.query("SELECT name, born FROM people WHERE born < ? ORDER BY born", [1900]));
for (const { name } of db.iterate("SELECT name FROM people")) console.log(name);`,
  configSchema,
  exampleConfig: { files: ["data/app.db"] },
  effects: describeEffects,
  configFromCalls,
  prepare: loadSqlite,
  createHost: createDatabaseHost,
  comingFromGoja: `- One driver, \`sqlite\` (also called \`sqlite3\`). Every session has its own connections; the module-level calls use the one that \`configure\` opened.
- \`exec\` gives \`{ rowsAffected, lastInsertId }\`; integers beyond 2^53 come as bigint.
- Foreign keys are enforced from the start.`,
});
