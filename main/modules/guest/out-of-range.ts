/** Thousands separated by `_`, as Node prints large numbers in range errors. */
function separated(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, "_");
}

function received(value: unknown): string {
  if (typeof value === "bigint") {
    const limit = 2n ** 32n;
    const text = String(value);
    return `${value > limit || value < -limit ? text.replace(/\d+$/, separated) : text}n`;
  }
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) > 2 ** 32) {
    return String(value).replace(
      /^(-?)(\d+)$/,
      (_all, sign: string, digits: string) => sign + separated(digits),
    );
  }
  if (typeof value === "string") return `'${value}'`;
  return Object.is(value, -0) ? "-0" : String(value);
}

/** `ERR_OUT_OF_RANGE` in Node's words; `range` such as ">= 0" or "an integer". */
export function outOfRange(name: string, range: string, value: unknown): RangeError & { code: string } {
  return Object.assign(
    new RangeError(
      `The value of "${name}" is out of range. It must be ${range}. Received ${received(value)}`,
    ),
    { code: "ERR_OUT_OF_RANGE" },
  );
}
