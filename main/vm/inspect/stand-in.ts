import { inspect, type InspectOptions } from "node:util";

type Inspect = (value: unknown, options: InspectOptions) => string;

function printing(print: (depth: number, options: InspectOptions, inspectValue: Inspect) => unknown): object {
  return { [inspect.custom]: print };
}

/** An object that prints as a text. */
export function standIn(text: string): object {
  return printing(() => text);
}

/** An object that prints as a string of which only the beginning is here. */
standIn.cutString = (start: string, length: number): object =>
  printing((_depth, options, inspectValue) => {
    const limit = Math.min(options.maxStringLength ?? Infinity, start.length);
    const shown = inspectValue(start.slice(0, limit), { ...options, maxStringLength: null });
    const rest = length - limit;
    return `${shown}... ${rest} more character${rest > 1 ? "s" : ""}`;
  });

/** An object that prints as another value does. */
standIn.value = (value: () => unknown): object => printing(value);

/** An object that prints as `inner` with its text changed; `prepare` completes `inner` before it is printed. */
standIn.rewritten = (inner: object, rewrite: (text: string) => string, prepare?: () => void): object =>
  printing((depth, options, inspectValue) => {
    prepare?.();
    return rewrite(inspectValue(inner, { ...options, depth }));
  });
