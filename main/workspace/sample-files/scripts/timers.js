// Timers and promises: the run ends when nothing that it started is pending.
const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

console.time("all");
const ticks = setInterval(() => console.log("tick"), 50);
setTimeout(() => clearInterval(ticks), 220);

const results = await Promise.all([wait(150, "slow"), wait(20, "fast"), wait(80, "between")]);
console.timeEnd("all");
results;
