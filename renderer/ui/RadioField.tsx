import { RadioGroup } from "radix-ui";
import { useId } from "react";
import "./field.css";

interface RadioFieldProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[];
  onChange(value: Value): void;
}

/** One of a few choices that all can be seen. */
export function RadioField<Value extends string>({
  label,
  value,
  options,
  onChange,
}: RadioFieldProps<Value>) {
  const id = useId();
  return (
    <div className="ui-field">
      <span id={id} className="ui-label">
        {label}
      </span>
      <RadioGroup.Root
        className="ui-radios"
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => {
          const chosen = options.find((option) => option.value === next);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <div key={option.value} className="ui-check">
            <RadioGroup.Item
              id={`${id}-${option.value}`}
              value={option.value}
              className="ui-radio"
              aria-describedby={option.hint === undefined ? undefined : `${id}-${option.value}-note`}
            >
              <RadioGroup.Indicator />
            </RadioGroup.Item>
            <div>
              <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
              {option.hint !== undefined && (
                <p id={`${id}-${option.value}-note`} className="ui-note">
                  {option.hint}
                </p>
              )}
            </div>
          </div>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
