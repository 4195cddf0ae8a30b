import { Search, X } from "lucide-react";
import { useId, type ComponentPropsWithRef, type ReactNode } from "react";
import { cx } from "./cx";
import { FieldNote } from "./FieldNote";
import "./field.css";

interface FieldProps {
  label: string;
  /** The label is read aloud but not shown. */
  labelHidden?: boolean | undefined;
  /** Explains the field; shown below it. */
  hint?: ReactNode;
  /** What is wrong with the value; shown above the hint. */
  problem?: string | undefined;
}

interface FieldFrameProps extends FieldProps {
  className: string | undefined;
  id: string | undefined;
  boxClassName?: string;
  /** The control, and what belongs into its box. Gets what ties it to label, hint and problem. */
  children(control: {
    id: string;
    className: string;
    "aria-invalid": true | undefined;
    "aria-describedby": string | undefined;
    spellCheck: false;
  }): ReactNode;
}

/** Label above, hint or problem below, tied to the control between them. */
function FieldFrame({
  label,
  labelHidden = false,
  hint,
  problem,
  className,
  id,
  boxClassName,
  children,
}: FieldFrameProps) {
  const made = useId();
  const inputId = id ?? made;
  const noteId = `${inputId}-note`;
  const invalid = problem !== undefined || undefined;
  return (
    <div className={cx("ui-field", className)}>
      <label htmlFor={inputId} className={labelHidden ? "visually-hidden" : "ui-label"}>
        {label}
      </label>
      <span className={cx("ui-input-box", boxClassName)} data-invalid={invalid}>
        {children({
          id: inputId,
          className: "ui-input",
          "aria-invalid": invalid,
          "aria-describedby": (problem ?? hint) === undefined ? undefined : noteId,
          spellCheck: false,
        })}
      </span>
      <FieldNote id={noteId} hint={hint} problem={problem} />
    </div>
  );
}

interface TextFieldProps extends FieldProps, Omit<ComponentPropsWithRef<"input">, "onChange"> {
  /** Unit shown inside the field, such as `ms`. */
  unit?: string | undefined;
  onChange?(value: string): void;
}

/** One line of text with its label, hint and problem tied to it. */
export function TextField({
  label,
  labelHidden,
  hint,
  problem,
  unit,
  onChange,
  className,
  id,
  ...rest
}: TextFieldProps) {
  return (
    <FieldFrame {...{ label, labelHidden, hint, problem, className, id }}>
      {(control) => (
        <>
          <input
            {...rest}
            {...control}
            onChange={(event) => onChange?.(event.target.value)}
            autoComplete="off"
          />
          {unit !== undefined && <span className="ui-unit">{unit}</span>}
        </>
      )}
    </FieldFrame>
  );
}

interface TextAreaProps extends FieldProps, Omit<ComponentPropsWithRef<"textarea">, "onChange"> {
  onChange?(value: string): void;
}

/** Several lines of text. */
export function TextArea({
  label,
  labelHidden,
  hint,
  problem,
  onChange,
  className,
  id,
  ...rest
}: TextAreaProps) {
  return (
    <FieldFrame {...{ label, labelHidden, hint, problem, className, id }} boxClassName="ui-textarea-box">
      {(control) => <textarea {...rest} {...control} onChange={(event) => onChange?.(event.target.value)} />}
    </FieldFrame>
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
