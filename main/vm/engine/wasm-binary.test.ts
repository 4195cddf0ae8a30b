import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { assetPath } from "../../core/assets";
import { prepareBinary } from "./wasm-binary";

const engine = (): Promise<Buffer> => readFile(assetPath("main", "quickjs.wasm"));

test("the engine's binary is prepared as it was built, and stays valid", async () => {
  const { exports } = new WebAssembly.Instance(await WebAssembly.compile(prepareBinary(await engine())), {
    a: new Proxy(
      { a: new WebAssembly.Memory({ initial: 256, maximum: 32768 }) },
      { get: (own, name) => Reflect.get(own, name) ?? (() => 0) },
    ),
  });
  expect(Object.keys(exports)).toEqual(expect.arrayContaining(["table", "stackGetter", "stackSetter"]));
});

test.each([
  [
    "in which errors get their stack in another way",
    (binary: Buffer) => binary.indexOf(Uint8Array.of(0x41, 57, 0x20, 8, 0x41, 3)),
  ],
  ["that is cut off", () => -1],
])("an engine's binary %s is refused", async (_name, place) => {
  const binary = await engine();
  const at = place(binary);
  if (at < 0) expect(() => prepareBinary(binary.subarray(0, 5_000))).toThrow();
  else {
    binary[at + 1] = 56;
    expect(() => prepareBinary(binary)).toThrow("is not the one that is known");
  }
});
