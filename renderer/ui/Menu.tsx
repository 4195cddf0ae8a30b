import { ContextMenu as Context, DropdownMenu as Dropdown } from "radix-ui";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Kbd } from "./Kbd";
import "./menu.css";

/** One line of a menu; `separator` draws a line instead. */
export type MenuEntry =
  | "separator"
  | {
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string | undefined;
      /** Quiet words at its end, such as a count. */
      readonly note?: string | undefined;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      /** Given at all, the line is a choice that is on or off, and says so to assistive technology. */
      readonly checked?: boolean;
      onSelect(): void;
    };

type Primitive = Pick<typeof Dropdown, "Item" | "CheckboxItem" | "Separator">;

function entries(items: readonly MenuEntry[], { Item, CheckboxItem, Separator }: Primitive) {
  return items.map((entry, index) => {
    if (entry === "separator") return <Separator key={index} className="ui-menu-line" />;
    const { label, icon, shortcut, note, danger, disabled = false, checked, onSelect } = entry;
    const shared = { className: "ui-menu-item", "data-danger": danger || undefined, disabled, onSelect };
    const content = (
      <>
        <span className="ui-menu-icon">{checked === true ? <Check aria-hidden /> : icon}</span>
        <span className="ui-menu-label">{label}</span>
        {note !== undefined && <span className="ui-menu-note">{note}</span>}
        {shortcut !== undefined && <Kbd keys={shortcut} />}
      </>
    );
    return checked === undefined ? (
      <Item key={index} {...shared}>
        {content}
      </Item>
    ) : (
      <CheckboxItem key={index} {...shared} checked={checked}>
        {content}
      </CheckboxItem>
    );
  });
}

interface MenuProps {
  items: readonly MenuEntry[];
  /** The button that opens it. */
  children: ReactNode;
  align?: "start" | "center" | "end";
  onOpenChange?(open: boolean): void;
}

/** A menu that drops from a button. */
export function Menu({ items, children, align = "start", onOpenChange }: MenuProps) {
  return (
    <Dropdown.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Dropdown.Trigger asChild>{children}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content className="ui-menu" align={align} sideOffset={4} collisionPadding={6} loop>
          {entries(items, Dropdown)}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

interface ContextMenuProps {
  /** Made when the menu opens, so that it fits the moment. */
  items: readonly MenuEntry[];
  children: ReactNode;
  onOpenChange?(open: boolean): void;
}

/** A menu for its child: right click, or the context menu key. */
export function ContextMenu({ items, children, onOpenChange }: ContextMenuProps) {
  return (
    <Context.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Context.Trigger asChild>{children}</Context.Trigger>
      <Context.Portal>
        <Context.Content className="ui-menu" collisionPadding={6} loop>
          {entries(items, Context)}
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  );
}
