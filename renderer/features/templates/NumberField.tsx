import { useState, type ReactNode } from "react";
import { TextField } from "../../ui";
import { numberText, numberValue } from "./numbers";

interface NumberFieldProps {
  label: string;
  labelHidden?: boolean;
  value: unknown;
  onChange(value: number | string): void;
  unit?: string | undefined;
  hint?: ReactNode;
  problem?: string | undefined;
  disabled?: boolean;
  className?: string;
}

/** A number with its unit. Arrow keys step by a tenth of its size, so that both 10 and 100000 are quick to change. */
export function NumberField({ value, onChange, ...rest }: NumberFieldProps) {
  // While it is typed, "2.0" must not become "2" under the cursor.
  const [typed, setTyped] = useState<string>();
  const shown = typed !== undefined && numberValue(typed) === value ? typed : numberText(value);
  const write = (text: string) => {
    setTyped(text);
    onChange(numberValue(text));
  };
  return (
    <TextField
      {...rest}
      inputMode="numeric"
      value={shown}
      onChange={write}
      onBlur={() => setTyped(undefined)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        if (typeof value !== "number") return;
        event.preventDefault();
        const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1);
        write(String(value + (event.key === "ArrowUp" ? step : -step)));
      }}
    />
  );
}
