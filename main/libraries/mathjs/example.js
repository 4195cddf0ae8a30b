const math = require("mathjs");

console.log(math.evaluate("12.7 cm to inch").toString());
console.log(
  math.format(
    math.det([
      [-1, 2],
      [3, 1],
    ]),
    { precision: 14 },
  ),
);
console.log(math.derivative("x^2 + 3x", "x").toString());
