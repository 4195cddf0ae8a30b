const { v4, v5, validate } = require("uuid");

console.log(validate(v4()));
console.log(v5("vm-workbench.example", v5.DNS));
