import { Search, X } from "lucide-react";
import { useId, type ComponentPropsWithRef, type ReactNode } from "react";
import { cx } from "./cx";
import "./field.css";

interface TextFieldProps extends Omit<ComponentPropsWithRef<"input">, "onChange"> {
  label: string;
  /** The label is read aloud but not shown. */
  labelHidden?: boolean;
  /** Explains the field; shown below it. */
  hint?: ReactNode;
  /** What is wrong with the value; shown instead of the hint. */
  problem?: string | undefined;
  /** Unit shown inside the field, such as `ms`. */
  unit?: string | undefined;
  onChange?(value: string): void;
}

/** One line of text with its label, hint and problem tied to it. */
export function TextField({
  label,
  labelHidden = false,
  hint,
  problem,
  unit,
  onChange,
  className,
  id,
  ...rest
}: TextFieldProps) {
  const made = useId();
  const inputId = id ?? made;
  const note = problem ?? hint;
  return (
    <div className={cx("ui-field", className)}>
      <label htmlFor={inputId} className={labelHidden ? "visually-hidden" : "ui-label"}>
        {label}
      </label>
      <span className="ui-input-box" data-invalid={problem !== undefined || undefined}>
        <input
          {...rest}
          id={inputId}
          className="ui-input"
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={note === undefined ? undefined : `${inputId}-note`}
          onChange={(event) => onChange?.(event.target.value)}
          spellCheck={false}
          autoComplete="off"
        />
        {unit !== undefined && <span className="ui-unit">{unit}</span>}
      </span>
      {note !== undefined && (
        <p id={`${inputId}-note`} className={problem === undefined ? "ui-note" : "ui-note ui-note-problem"}>
          {note}
        </p>
      )}
    </div>
  );
}

interface TextAreaProps extends Omit<ComponentPropsWithRef<"textarea">, "onChange"> {
  label: string;
  labelHidden?: boolean;
  hint?: ReactNode;
  problem?: string | undefined;
  onChange?(value: string): void;
}

/** Several lines of text. */
export function TextArea({
  label,
  labelHidden = false,
  hint,
  problem,
  onChange,
  className,
  id,
  ...rest
}: TextAreaProps) {
  const made = useId();
  const inputId = id ?? made;
  const note = problem ?? hint;
  return (
    <div className={cx("ui-field", className)}>
      <label htmlFor={inputId} className={labelHidden ? "visually-hidden" : "ui-label"}>
        {label}
      </label>
      <span className="ui-input-box ui-textarea-box" data-invalid={problem !== undefined || undefined}>
        <textarea
          {...rest}
          id={inputId}
          className="ui-input"
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={note === undefined ? undefined : `${inputId}-note`}
          onChange={(event) => onChange?.(event.target.value)}
          spellCheck={false}
        />
      </span>
      {note !== undefined && (
        <p id={`${inputId}-note`} className={problem === undefined ? "ui-note" : "ui-note ui-note-problem"}>
          {note}
        </p>
      )}
    </div>
  );
}

interface SearchFieldProps extends Omit<ComponentPropsWithRef<"input">, "onChange" | "value"> {
  label: string;
  value: string;
  onChange(value: string): void;
  /** Shown at the end: hits, for instance. */
  status?: ReactNode;
}

/** A search box that clears itself with Escape. */
export function SearchField({
  label,
  value,
  onChange,
  status,
  className,
  onKeyDown,
  ...rest
}: SearchFieldProps) {
  return (
    <span className={cx("ui-input-box ui-search", className)}>
      <Search size={13} aria-hidden />
      <input
        type="search"
        placeholder={label}
        {...rest}
        className="ui-input"
        aria-label={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key === "Escape" && value !== "") {
            event.stopPropagation();
            onChange("");
          }
        }}
      />
      {status}
      {value !== "" && (
        <button
          type="button"
          className="ui-search-clear"
          aria-label={`Clear ${label.toLowerCase()}`}
          onClick={() => onChange("")}
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}
