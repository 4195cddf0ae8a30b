import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useState, type ReactNode } from "react";
import { cx } from "./cx";
import { PathText } from "./PathText";
import "./combobox.css";

export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  /** The label is a path: in little room its folders are cut, not its name. */
  readonly isPath?: boolean;
  /** Second line or quiet words after the label; not part of the option's name. */
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly group?: string | undefined;
}

interface ComboboxProps {
  label: string;
  value: string | undefined;
  options: readonly ComboboxOption[];
  onChange(value: string): void;
  placeholder?: string;
  /** Shown when no option fits what was typed. */
  empty?: string;
  icon?: ReactNode;
  disabled?: boolean;
  className?: string;
}

const MAX_SHOWN = 200;

const textOf = ({ label, isPath = false }: ComboboxOption): ReactNode =>
  isPath ? <PathText path={label} /> : label;

/** A choice from a list that can be long: a button that opens a list with a filter. */
export function Combobox({
  label,
  value,
  options,
  onChange,
  placeholder = "Choose…",
  empty = "Nothing fits.",
  icon,
  disabled,
  className,
}: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const chosen = options.find((option) => option.value === value);
  const wanted = query.trim().toLowerCase();
  const fitting =
    wanted === "" ? options : options.filter((option) => option.label.toLowerCase().includes(wanted));
  const shown = fitting.slice(0, MAX_SHOWN);
  const groups = [...new Set(shown.map((option) => option.group))];

  const setOpenAndReset = (next: boolean) => {
    setOpen(next);
    if (!next) setQuery("");
  };

  return (
    <Popover.Root open={open} onOpenChange={setOpenAndReset}>
      <Popover.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-label={label}
          aria-expanded={open}
          aria-haspopup="listbox"
          disabled={disabled}
          className={cx("ui-combobox", className)}
          title={chosen?.label}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
            event.preventDefault();
            setOpenAndReset(true);
          }}
        >
          {chosen?.icon ?? icon}
          <span className={cx("ui-combobox-value", chosen === undefined && "ui-combobox-placeholder")}>
            {chosen === undefined ? placeholder : textOf(chosen)}
          </span>
          <ChevronDown size={13} aria-hidden className="ui-combobox-chevron" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="ui-combobox-popup"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={`Options of ${label}`}
        >
          <Command label="Find" shouldFilter={false} defaultValue={value ?? ""} loop>
            <Command.Input
              className="ui-combobox-input"
              placeholder="Type to find…"
              value={query}
              onValueChange={setQuery}
              autoFocus
            />
            <Command.List className="ui-combobox-list" label={label}>
              <Command.Empty className="ui-combobox-empty">{empty}</Command.Empty>
              {groups.map((group) => (
                <Command.Group key={group ?? ""} heading={group}>
                  {shown
                    .filter((option) => option.group === group)
                    .map((option) => (
                      <Command.Item
                        key={option.value}
                        value={option.value}
                        aria-label={option.label}
                        className="ui-option"
                        onSelect={() => {
                          setOpenAndReset(false);
                          onChange(option.value);
                        }}
                      >
                        <span className="ui-option-mark">
                          {option.value === value && <Check size={13} aria-hidden />}
                        </span>
                        {option.icon}
                        <span className="ui-option-label">{textOf(option)}</span>
                        {option.hint !== undefined && <span className="ui-option-hint">{option.hint}</span>}
                      </Command.Item>
                    ))}
                </Command.Group>
              ))}
              {fitting.length > shown.length && (
                <p className="ui-combobox-empty">{fitting.length - shown.length} more: type to find them.</p>
              )}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
