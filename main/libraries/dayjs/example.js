const dayjs = require("dayjs");

const start = dayjs("2024-02-28");
console.log(start.add(2, "day").format("YYYY-MM-DD"));
console.log(dayjs("2024-12-24").diff(start, "day"), "days");
