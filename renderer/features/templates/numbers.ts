/** What a number field shows for a value of the JSON text, whatever it is. */
export const numberText = (value: unknown): string =>
  typeof value === "number"
    ? String(value)
    : typeof value === "string"
      ? value
      : value === undefined
        ? ""
        : JSON.stringify(value);

/**
 * What a number field writes into the JSON text. What is no number stays a text, so that nothing typed is lost and
 * the check names it.
 */
export const numberValue = (text: string): number | string =>
  /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
