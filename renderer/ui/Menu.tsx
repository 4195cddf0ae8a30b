import { ContextMenu as Context, DropdownMenu as Dropdown } from "radix-ui";
import { Check } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { Kbd } from "./Kbd";
import "./menu.css";

/** One line of a menu; `separator` draws a line instead. */
export type MenuEntry =
  | "separator"
  | {
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string | undefined;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly checked?: boolean;
      onSelect(): void;
    };

type Primitive = Pick<typeof Dropdown, "Item" | "Separator">;

function entries(items: readonly MenuEntry[], { Item, Separator }: Primitive) {
  return items.map((entry, index) => (
    <Fragment key={index}>
      {entry === "separator" ? (
        <Separator className="ui-menu-line" />
      ) : (
        <Item
          className="ui-menu-item"
          data-danger={entry.danger || undefined}
          disabled={entry.disabled ?? false}
          onSelect={entry.onSelect}
        >
          <span className="ui-menu-icon">{entry.checked === true ? <Check aria-hidden /> : entry.icon}</span>
          <span className="ui-menu-label">{entry.label}</span>
          {entry.shortcut !== undefined && <Kbd keys={entry.shortcut} />}
        </Item>
      )}
    </Fragment>
  ));
}

interface MenuProps {
  items: readonly MenuEntry[];
  /** The button that opens it. */
  children: ReactNode;
  align?: "start" | "center" | "end";
}

/** A menu that drops from a button. */
export function Menu({ items, children, align = "start" }: MenuProps) {
  return (
    <Dropdown.Root modal={false}>
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
