import { X } from "lucide-react";
import { useState } from "react";
import { SuggestField } from "./SuggestField";
import "./chips.css";

interface ChipsFieldProps {
  label: string;
  /** What one entry is called, such as `command`. */
  noun: string;
  values: readonly string[];
  onChange(values: string[]): void;
  suggestions?: readonly string[];
  hint?: string | undefined;
  problem?: string | undefined;
  /** What an empty list means: `No command may be run`. */
  empty?: string;
  disabled?: boolean;
}

/** A list of short texts: each a chip that can be removed, with a field that adds one. */
export function ChipsField({
  label,
  noun,
  values,
  onChange,
  suggestions = [],
  hint,
  problem,
  empty,
  disabled,
}: ChipsFieldProps) {
  const [text, setText] = useState("");
  const add = (added: string) => {
    const value = added.trim();
    if (value !== "" && !values.includes(value)) onChange([...values, value]);
    setText("");
  };
  return (
    <div
      className="ui-chips"
      onBlur={(event) => {
        // What was typed and not yet added is not lost by going on to the next field, or to Save.
        if (!event.currentTarget.contains(event.relatedTarget)) add(text);
      }}
    >
      <ul className="ui-chips-list" aria-label={label}>
        {values.map((value, index) => (
          <li key={`${index}:${value}`} className="ui-chip">
            <span className="mono">{value}</span>
            <button
              type="button"
              aria-label={`Remove ${noun} ${value}`}
              disabled={disabled}
              onClick={() => onChange(values.filter((_, other) => other !== index))}
            >
              <X size={11} aria-hidden />
            </button>
          </li>
        ))}
        {values.length === 0 && empty !== undefined && <li className="ui-chips-empty">{empty}</li>}
      </ul>
      <SuggestField
        label={label}
        value={text}
        placeholder={`Add ${noun}, then Enter`}
        suggestions={suggestions.filter((each) => !values.includes(each))}
        onChange={setText}
        onTake={add}
        onSubmit={() => add(text)}
        {...(hint === undefined ? {} : { hint })}
        {...(disabled === undefined ? {} : { disabled })}
        problem={problem}
      />
    </div>
  );
}
