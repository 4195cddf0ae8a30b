import type { ConsoleRow } from "../state/consoleRows";
import { baseName } from "../state/paths";
import { isFilePlace } from "../state/reveal";
import type { Workbench } from "../state/workbench";
import type { MenuEntry } from "../ui";
import { textOf } from "./filter";

/** What can be done with a row of a log, and with what is selected in the log. */
export function rowMenu(
  { clipboard, reveal }: Pick<Workbench, "clipboard" | "reveal">,
  row: ConsoleRow | undefined,
  selected: string,
): MenuEntry[] {
  const event = row?.kind === "event" ? row.event : undefined;
  const place =
    event?.type === "console" || event?.type === "exception" || event?.type === "value"
      ? event.payload.location
      : undefined;
  return [
    ...(selected === ""
      ? []
      : [{ label: "Copy the selection", onSelect: () => clipboard.copy(selected, "the selection") }]),
    {
      label: "Copy the line",
      disabled: row === undefined || event === undefined,
      onSelect: () => row !== undefined && clipboard.copy(textOf(row), "the line"),
    },
    {
      label: "Copy the event as JSON",
      disabled: event === undefined,
      onSelect: () => clipboard.copy(JSON.stringify(event, null, 2), "the event"),
    },
    ...(place === undefined || !isFilePlace(place)
      ? []
      : ([
          "separator",
          { label: `Go to ${baseName(place.path)}:${place.line}`, onSelect: () => reveal.show(place) },
        ] satisfies MenuEntry[])),
  ];
}
