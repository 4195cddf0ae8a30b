const Papa = require("papaparse");

const { data } = Papa.parse("name,age\nAda,36\nGrace,85", { header: true, dynamicTyping: true });
console.log(data);
console.log(Papa.unparse(data, { delimiter: ";" }));
