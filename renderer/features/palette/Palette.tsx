import { Command as Cmdk } from "cmdk";
import { useMemo, useState } from "react";
import { byCategory } from "../../state/commands";
import { useValue, useWorkbench } from "../../state/context";
import { baseName, parentOf } from "../../state/paths";
import { Kbd, ReturnFocus } from "../../ui";
import { fileIcon } from "../../ui/fileIcon";
import { rankFiles } from "./rank";
import "./palette.css";

const MAX_FILES = 60;

type Mode = "files" | "commands";

/** Finds a file or a command; `>` turns quick open into the command palette, Backspace turns it back. */
export function Palette({ initial, close }: { initial: Mode; close(): void }) {
  const { commands, files, tabs, reveal } = useWorkbench();
  const [mode, setMode] = useState(initial);
  const [query, setQuery] = useState("");
  const all = useValue(commands.store, (state) => state.items);
  const paths = useValue(files.store, (state) => state.all);
  const groups = useValue(tabs.store, (state) => state.groups);
  const isCommands = mode === "commands";
  const wanted = query.trim();
  const type = (text: string) => {
    if (text.startsWith(">")) setMode("commands");
    setQuery(text.replace(/^>/, ""));
  };
  const open = useMemo(
    () =>
      groups
        .flatMap((group) => group.recent)
        .flatMap((id) => (id.startsWith("script:") ? [id.slice(7)] : [])),
    [groups],
  );
  const found = useMemo(
    () => (isCommands ? [] : rankFiles(paths, wanted, open).slice(0, MAX_FILES)),
    [isCommands, open, paths, wanted],
  );
  const words = wanted.toLowerCase().split(/\s+/);
  const usable = isCommands
    ? byCategory(all).filter(
        (command) =>
          command.enabled?.() !== false &&
          words.every((word) => `${command.category} ${command.title}`.toLowerCase().includes(word)),
      )
    : [];
  const name = isCommands ? "Command palette" : "Quick open";
  return (
    <Cmdk.Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      label={name}
      shouldFilter={false}
      // A palette that opens under a resting mouse must not choose what happens to lie there.
      disablePointerSelection
      loop
      className="palette"
      overlayClassName="ui-scrim"
      contentClassName="palette-box"
      aria-describedby={undefined}
    >
      <ReturnFocus />
      <Cmdk.Input
        value={query}
        onValueChange={type}
        onKeyDown={(event) => event.key === "Backspace" && query === "" && setMode("files")}
        className="palette-input"
        placeholder={isCommands ? "Type a command" : "Find a file by name; > for commands"}
        aria-label={name}
      />
      <Cmdk.List className="palette-list" label={name}>
        <Cmdk.Empty className="ui-combobox-empty">
          {isCommands ? "No command fits." : "No file fits."}
        </Cmdk.Empty>
        {found.map((path) => (
          <Cmdk.Item
            key={path}
            value={path}
            aria-label={path}
            className="ui-option"
            onSelect={() => {
              close();
              // Who asked for a file by keys goes on typing in it.
              reveal.show({ path });
            }}
          >
            {fileIcon(path)}
            <span className="ui-option-label">{baseName(path)}</span>
            <span className="ui-option-hint">{parentOf(path)}</span>
          </Cmdk.Item>
        ))}
        {usable.map((command) => (
          <Cmdk.Item
            key={command.id}
            value={command.id}
            aria-label={command.title}
            className="ui-option"
            onSelect={() => {
              close();
              commands.run(command.id);
            }}
          >
            <span className="palette-category">{command.category}</span>
            <span className="ui-option-label">{command.title}</span>
            {command.keys?.[0] !== undefined && <Kbd keys={command.keys[0]} />}
          </Cmdk.Item>
        ))}
      </Cmdk.List>
    </Cmdk.Dialog>
  );
}
