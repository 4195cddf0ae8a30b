import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openTemplates } from "../main/core/workbench";
import { median, quantile, SAMPLES, timed, type Figure } from "./measure";
import { Product } from "./product";

const COUNT = 1000;

/** A workspace with a thousand templates: the first list of a fresh start, and lists after one file changed. */
export async function templateList(): Promise<Figure[]> {
  const product = new Product();
  const folder = join(product.root, "templates");
  mkdirSync(folder);
  const write = (index: number, memoryMb: number) =>
    writeFileSync(
      join(folder, `template-${index}.template.json`),
      JSON.stringify(
        Product.template({
          name: `Template ${index}`,
          modules: { fs: { roots: [{ path: "data", access: "read" }] }, yaml: {}, path: {} },
          limits: { memoryMb },
        }),
        null,
        2,
      ),
    );
  for (let index = 0; index < COUNT; index++) write(index, 128);

  const first: number[] = [];
  const later: number[] = [];
  for (let sample = 0; sample <= SAMPLES; sample++) {
    const store = openTemplates({ workspaceRoot: product.root, dataDir: join(product.root, ".data") });
    const list = async () => {
      const { length } = await store.list();
      if (length !== COUNT) throw new Error(`${length} templates were listed.`);
    };
    const firstMs = await timed(list);
    write(sample, 64 + sample);
    const laterMs = await timed(list);
    await store.dispose();
    if (sample === 0) continue;
    first.push(firstMs);
    later.push(laterMs);
  }
  await product.dispose();
  const value = median(first);
  return [
    {
      name: "1,000 templates, listed",
      target: "≤ 300 ms",
      value,
      unit: "ms",
      met: value <= 300,
      details: { p95Ms: quantile(first, 0.95), afterOneChangeMs: median(later) },
    },
  ];
}
