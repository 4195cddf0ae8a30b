const R = require("ramda");

const orders = [
  { amount: 10, paid: true },
  { amount: 5, paid: false },
  { amount: 7, paid: true },
];
const paid = R.filter((order) => order.paid, orders);
console.log(R.sum(R.map((order) => order.amount, paid)));
console.log(R.sortBy(R.prop("amount"), orders)[0]);
