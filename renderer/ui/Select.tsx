import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { cx } from "./cx";
import "./combobox.css";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange(value: Value): void;
  disabled?: boolean;
  className?: string;
  /** Shown while the value is none of the options. */
  placeholder?: string;
  /** Id of the note that explains it. */
  describedBy?: string | undefined;
  invalid?: boolean;
  required?: boolean;
}

/** A choice from a short list. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
  className,
  placeholder,
  describedBy,
  invalid = false,
  required,
}: SelectProps<Value>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option !== undefined) onChange(option.value);
      }}
      disabled={disabled ?? false}
    >
      <Radix.Trigger
        className={cx("ui-combobox", className)}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        aria-required={required}
      >
        <span className="ui-combobox-value">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon>
          <ChevronDown size={13} aria-hidden className="ui-combobox-chevron" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-select-popup" position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport className="ui-combobox-list">
            {options.map((option) => (
              <Radix.Item key={option.value} value={option.value} className="ui-option">
                <span className="ui-option-mark">
                  <Radix.ItemIndicator>
                    <Check size={13} aria-hidden />
                  </Radix.ItemIndicator>
                </span>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
