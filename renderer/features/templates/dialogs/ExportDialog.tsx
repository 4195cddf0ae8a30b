import { useState } from "react";
import { useValue, useWorkbench } from "../../../state/context";
import { Button, Checkbox, Dialog, RadioField } from "../../../ui";
import "./dialogs.css";

/** What to export, and whether into one file or as the files themselves. */
export interface ExportChoice {
  readonly files: readonly string[];
  readonly form: "file" | "folder";
}

const FORMS = [
  { value: "file", label: "One file", hint: "Holds all of them, with a checksum of each." },
  {
    value: "folder",
    label: "A folder",
    hint: "The template files as they are, for a repository or a review, and their checksums beside them.",
  },
] as const;

/** Chooses templates and the form in which they leave the workspace. */
export function ExportDialog({
  start,
  close,
}: {
  /** Files chosen at first; all when left out. */
  start: readonly string[] | undefined;
  close(choice?: ExportChoice): void;
}) {
  const { templates } = useWorkbench();
  const entries = useValue(templates.store, (state) => state.templates);
  const usable = entries.filter((entry) => entry.template !== undefined);
  const [chosen, setChosen] = useState<readonly string[]>(() => start ?? usable.map((entry) => entry.file));
  const [form, setForm] = useState<ExportChoice["form"]>("file");
  const isAll = chosen.length === usable.length;
  return (
    <Dialog
      title="Export templates"
      open
      onClose={() => close()}
      size="small"
      description="A checksum tells whoever receives them whether they were changed on their way."
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            onClick={() => close({ files: chosen, form })}
          >
            Export
          </Button>
        </>
      }
    >
      <div className="export">
        <RadioField label="Into" value={form} options={FORMS} onChange={(next) => setForm(next)} />
        <fieldset className="export-list">
          <legend className="ui-label">Templates</legend>
          {usable.length > 1 && (
            <Checkbox
              label={<strong>All</strong>}
              checked={isAll ? true : chosen.length === 0 ? false : "indeterminate"}
              onChange={(isOn) => setChosen(isOn ? usable.map((entry) => entry.file) : [])}
            />
          )}
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
        </fieldset>
      </div>
    </Dialog>
  );
}
