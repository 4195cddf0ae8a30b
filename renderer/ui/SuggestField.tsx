import { Popover } from "radix-ui";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { cx } from "./cx";
import { FieldNote } from "./FieldNote";
import "./combobox.css";
import "./field.css";

interface SuggestFieldProps {
  label: string;
  labelHidden?: boolean;
  value: string;
  onChange(value: string): void;
  /** What may be meant; anything else may be typed too. */
  suggestions: readonly string[];
  /** A suggestion was chosen; by default it becomes the value. */
  onTake?(choice: string): void;
  /** Enter while no suggestion is marked. */
  onSubmit?(): void;
  hint?: ReactNode;
  problem?: string | undefined;
  placeholder?: string;
  icon?: ReactNode;
  disabled?: boolean;
  required?: boolean;
  className?: string;
}

const MAX_SHOWN = 60;

/** A line of text with suggestions below it: arrow keys choose, Enter takes, Escape closes. */
export function SuggestField({
  label,
  labelHidden = false,
  value,
  onChange,
  suggestions,
  onTake = onChange,
  onSubmit,
  hint,
  problem,
  placeholder,
  icon,
  disabled,
  required,
  className,
}: SuggestFieldProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const wanted = value.trim().toLowerCase();
  // A complete value is usually looked at to be replaced: then everything is offered.
  const isComplete = suggestions.includes(value);
  const shown = suggestions
    .filter((each) => isComplete || each.toLowerCase().includes(wanted))
    .slice(0, MAX_SHOWN);
  const isShown = isOpen && shown.length > 0;
  const note = problem ?? hint;
  const take = (choice: string) => {
    setOpen(false);
    setMarked(-1);
    onTake(choice);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const choice = isShown ? shown[marked] : undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isShown) setOpen(true);
      const by = event.key === "ArrowDown" ? 1 : -1;
      setMarked((marked + by + shown.length + (marked === -1 && by === -1 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (choice === undefined) onSubmit?.();
      else take(choice);
    } else if (event.key === "Escape" && isShown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <div className={cx("ui-field", className)}>
      <label htmlFor={id} className={labelHidden ? "visually-hidden" : "ui-label"}>
        {label}
      </label>
      <Popover.Root open={isShown} onOpenChange={setOpen}>
        <Popover.Anchor asChild>
          <span className="ui-input-box" data-invalid={problem !== undefined || undefined}>
            {icon}
            <input
              id={id}
              className="ui-input"
              role="combobox"
              aria-expanded={isShown}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={isShown && marked >= 0 ? `${id}-${marked}` : undefined}
              aria-invalid={problem !== undefined || undefined}
              aria-describedby={note === undefined ? undefined : `${id}-note`}
              value={value}
              placeholder={placeholder}
              disabled={disabled}
              aria-required={required}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => {
                onChange(event.target.value);
                setMarked(-1);
                setOpen(true);
              }}
              onClick={() => setOpen(true)}
              onBlur={() => setOpen(false)}
              onKeyDown={onKeyDown}
            />
          </span>
        </Popover.Anchor>
        <Popover.Portal>
          <Popover.Content
            className="ui-combobox-popup"
            align="start"
            sideOffset={4}
            collisionPadding={8}
            onOpenAutoFocus={(event) => event.preventDefault()}
            onCloseAutoFocus={(event) => event.preventDefault()}
            onInteractOutside={(event) => event.preventDefault()}
            aria-label={`Suggestions for ${label}`}
          >
            <ul role="listbox" id={`${id}-list`} aria-label={label} className="ui-combobox-list">
              {shown.map((choice, index) => (
                <li
                  key={choice}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === marked}
                  data-selected={index === marked}
                  className="ui-option ui-suggestion"
                  // Before the field loses the focus and closes the list.
                  onPointerDown={(event) => {
                    event.preventDefault();
                    take(choice);
                  }}
                >
                  {choice}
                </li>
              ))}
            </ul>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <FieldNote id={`${id}-note`} hint={hint} problem={problem} />
    </div>
  );
}
