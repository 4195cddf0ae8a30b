// TypeScript: types are stripped before the script runs, and lines stay where they are.
interface Item {
  readonly name: string;
  readonly net: number;
  readonly rate: "normal" | "reduced";
}

const rates: Record<Item["rate"], number> = { normal: 0.19, reduced: 0.07 };

const items: readonly Item[] = [
  { name: "Desk lamp", net: 49.9, rate: "normal" },
  { name: "Atlas", net: 39, rate: "reduced" },
  { name: "Chair", net: 129.5, rate: "normal" },
];

function gross(item: Item): number {
  return Math.round(item.net * (1 + rates[item.rate]) * 100) / 100;
}

console.table(items.map((item) => ({ ...item, gross: gross(item) })));

export const total: number = items.reduce((sum, item) => sum + gross(item), 0);
console.log(`Total: ${total.toFixed(2)}`);
