// Run it in the template "With helpers": its startup file puts `euro` and `sum` on globalThis.
const invoice = [
  { item: "Desk lamp", price: 49.9 },
  { item: "Chair", price: 129.5 },
];

for (const { item, price } of invoice) console.log(item.padEnd(12), euro(price));
euro(sum(invoice.map(({ price }) => price)));
