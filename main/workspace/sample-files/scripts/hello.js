// Needs no module: JSON, Math, Date, Map, Promise and console are always there.
const words = ["a", "workbench", "for", "local", "scripts"];

console.log("Hello from QuickJS!");
console.log("Given on the command line:", args ?? "no arguments");

const byLength = words.toSorted((a, b) => b.length - a.length);
console.log(new Map(byLength.map((word) => [word, word.length])));

// The last value is the result of the run.
({ greeting: `Hello, ${byLength[0]}`, words: words.length, at: new Date(0).toISOString() });
