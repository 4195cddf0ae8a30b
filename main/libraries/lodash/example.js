const _ = require("lodash");

const people = [
  { name: "Ada", team: "engines" },
  { name: "Grace", team: "compilers" },
  { name: "Charles", team: "engines" },
];
console.log(_.chunk([1, 2, 3, 4], 2));
console.log(_.mapValues(_.groupBy(people, "team"), (team) => _.map(team, "name")));
