// JSON, there and back.
const data = Array.from({ length: 1500 }, (_, n) => ({
  id: n,
  name: `item ${n}`,
  tags: ["a", "b", String(n % 13)],
  nested: { price: n / 3, available: n % 2 === 0, dimensions: [n, n + 1, n + 2] },
}));
let size = 0;
for (let round = 0; round < 8; round++) {
  const copy = JSON.parse(JSON.stringify(data));
  size += copy.length + JSON.stringify(copy[round]).length;
}
size;
