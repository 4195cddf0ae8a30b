import { useState } from "react";
import { useValue, useWorkbench } from "../../../state/context";
import { Button, Checkbox, Dialog } from "../../../ui";
import "./dialogs.css";

/** Chooses the templates that one file shall hold. */
export function ExportDialog({ close }: { close(files?: readonly string[]): void }) {
  const { templates } = useWorkbench();
  const entries = useValue(templates.store, (state) => state.templates);
  const usable = entries.filter((entry) => entry.template !== undefined);
  const [chosen, setChosen] = useState<readonly string[]>(() => usable.map((entry) => entry.file));
  const isAll = chosen.length === usable.length;
  return (
    <Dialog
      title="Export templates"
      open
      onClose={() => close()}
      size="small"
      description="Writes the chosen templates into one file, with a checksum of each."
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="primary" disabled={chosen.length === 0} onClick={() => close(chosen)}>
            Export
          </Button>
        </>
      }
    >
      <div className="export-list">
        <Checkbox
          label={<strong>All</strong>}
          checked={isAll ? true : chosen.length === 0 ? false : "indeterminate"}
          onChange={(isOn) => setChosen(isOn ? usable.map((entry) => entry.file) : [])}
        />
        {usable.map((entry) => (
          <Checkbox
            key={entry.file}
            label={entry.name}
            checked={chosen.includes(entry.file)}
            onChange={(isOn) =>
              setChosen(
                usable
                  .map((each) => each.file)
                  .filter((file) => (file === entry.file ? isOn : chosen.includes(file))),
              )
            }
          />
        ))}
      </div>
    </Dialog>
  );
}
