// Objects, maps and classes: orders grouped by customer.
class Order {
  constructor(n) {
    this.customer = `customer-${n % 97}`;
    this.amount = (n * 7919) % 1000;
  }
  get tax() {
    return this.amount * 0.19;
  }
}
const totals = new Map();
for (let n = 0; n < 60000; n++) {
  const order = new Order(n);
  const total = totals.get(order.customer) ?? { count: 0, sum: 0 };
  total.count++;
  total.sum += order.amount + order.tax;
  totals.set(order.customer, total);
}
Math.round([...totals.values()].reduce((sum, total) => sum + total.sum / total.count, 0));
