// Arrays and closures: sort with a comparator, map, filter, reduce.
let seed = 42;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const values = Array.from({ length: 60000 }, () => ({ key: Math.floor(random() * 1e6), weight: random() }));
values.sort((a, b) => a.key - b.key || a.weight - b.weight);
values
  .filter(({ key }) => key % 2 === 0)
  .map(({ key, weight }) => key * weight)
  .reduce((sum, value) => (sum + Math.floor(value)) % 1000003, 0);
