// Needs no module: JSON, Math, Date, Map, Promise and console are always there.
const words = ["a", "workbench", "for", "local", "scripts"];

console.log("Hello from QuickJS!");
console.log("Given on the command line:", args ?? "no arguments");

const byLength = Map.groupBy(words, (word) => word.length);
console.log(byLength);

// The last value is the result of the run.
({
  greeting: `Hello, ${words.at(-1)}`,
  longest: Math.max(...byLength.keys()),
  at: new Date(0).toISOString(),
});
