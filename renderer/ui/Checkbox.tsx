import { Check, Minus } from "lucide-react";
import { Checkbox as Radix, Switch as RadixSwitch } from "radix-ui";
import { useId, type ReactNode } from "react";
import { cx } from "./cx";
import "./field.css";

interface CheckboxProps {
  label: ReactNode;
  checked: boolean | "indeterminate";
  onChange(checked: boolean): void;
  hint?: ReactNode;
  disabled?: boolean;
  className?: string;
}

export function Checkbox({ label, checked, onChange, hint, disabled, className }: CheckboxProps) {
  const id = useId();
  return (
    <div className={cx("ui-check", className)}>
      <Radix.Root
        id={id}
        className="ui-check-box"
        checked={checked}
        disabled={disabled ?? false}
        onCheckedChange={(state) => onChange(state === true)}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
      >
        <Radix.Indicator>
          {checked === "indeterminate" ? (
            <Minus size={12} aria-hidden />
          ) : (
            <Check size={12} strokeWidth={3} aria-hidden />
          )}
        </Radix.Indicator>
      </Radix.Root>
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <p id={`${id}-note`} className="ui-note">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

interface SwitchProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
  /** Id of the note that explains it. */
  describedBy?: string | undefined;
}

/** An on/off choice that applies at once. */
export function Switch({ label, checked, onChange, disabled, describedBy }: SwitchProps) {
  return (
    <RadixSwitch.Root
      className="ui-switch"
      aria-label={label}
      aria-describedby={describedBy}
      checked={checked}
      disabled={disabled ?? false}
      onCheckedChange={onChange}
    >
      <RadixSwitch.Thumb className="ui-switch-thumb" />
    </RadixSwitch.Root>
  );
}
