const moment = require("moment");

console.log(moment.utc("2024-02-28").add(2, "days").format("dddd, MMMM Do YYYY"));
console.log(moment.duration(90, "minutes").humanize());
