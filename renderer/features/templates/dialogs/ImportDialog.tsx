import { FileUp, FolderUp } from "lucide-react";
import { useEffect, useRef, useState, type ChangeEvent, type DragEvent } from "react";
import { serializeError } from "../../../../shared/model/error";
import { useWorkbench } from "../../../state/context";
import { filesOfChosenFolder, textOfDrop, textOfFiles } from "../../../state/receivedTemplates";
import type { ImportChoice, ImportItem, TemplateEntry } from "../../../state/templates";
import { Button, cx, Dialog, TextArea } from "../../../ui";
import { ImportItemView } from "./ImportItemView";
import { decided, firstChoice, type Decision } from "./importDecision";
import "./dialogs.css";

const TYPING_MS = 200;

/** Imports templates from a file, from the clipboard or by dropping: shows everything before anything is written. */
export function ImportDialog({
  start,
  close,
}: {
  start: string | undefined;
  close(entries?: readonly TemplateEntry[]): void;
}) {
  const { templates } = useWorkbench();
  const [text, setText] = useState(start ?? "");
  const [items, setItems] = useState<readonly ImportItem[]>([]);
  const [decisions, setDecisions] = useState<readonly Decision[]>([]);
  const [problem, setProblem] = useState<string>();
  const [isTarget, setTarget] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);

  useEffect(() => {
    let isCurrent = true;
    const show = (found: readonly ImportItem[], what?: string) => {
      if (!isCurrent) return;
      setItems(found);
      setDecisions(found.map(firstChoice));
      setProblem(what);
    };
    const timer = setTimeout(
      () => {
        if (text.trim() === "") show([]);
        else
          templates.previewImport(text).then(
            (found) => show(found),
            (error: unknown) => show([], serializeError(error).message),
          );
      },
      text === start ? 0 : TYPING_MS,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [templates, text, start]);

  const take = (reading: Promise<string>) => {
    reading.then(setText, (error: unknown) => setProblem(serializeError(error).message));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setTarget(false);
    take(textOfDrop(event.dataTransfer, templates));
  };
  const onChosen = (event: ChangeEvent<HTMLInputElement>, isFolder: boolean) => {
    const files = [...(event.target.files ?? [])];
    event.target.value = "";
    if (files.length > 0) take(textOfFiles(isFolder ? filesOfChosenFolder(files) : files, templates));
  };

  const choices: ImportChoice[] = items.map((item, index) => decided(item, decisions[index]));
  const wanted = choices.filter((choice) => choice.action !== "skip").length;
  const confirm = () => {
    setBusy(true);
    templates.import(text, choices).then(close, (error: unknown) => {
      setBusy(false);
      setProblem(serializeError(error).message);
    });
  };

  return (
    <Dialog
      title="Import templates"
      open
      onClose={() => close()}
      size="large"
      description="Exported files or folders, single templates, or the older flat form. Nothing is written or run before you confirm."
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="primary" disabled={wanted === 0 || isBusy} onClick={confirm}>
            {wanted > 1 ? `Import ${wanted} templates` : "Import"}
          </Button>
        </>
      }
    >
      <div
        className={cx("import", isTarget && "import-target")}
        onDragOver={(event) => {
          event.preventDefault();
          setTarget(true);
        }}
        onDragLeave={() => setTarget(false)}
        onDrop={onDrop}
      >
        <div className="import-from">
          <Button icon={<FileUp size={14} aria-hidden />} onClick={() => fileInput.current?.click()}>
            Choose files…
          </Button>
          <Button icon={<FolderUp size={14} aria-hidden />} onClick={() => folderInput.current?.click()}>
            Choose a folder…
          </Button>
          <span className="muted">or drop them here, or paste below</span>
          <input
            ref={fileInput}
            type="file"
            accept=".json,application/json"
            multiple
            hidden
            aria-label="Template files"
            onChange={(event) => onChosen(event, false)}
          />
          <input
            ref={(element) => {
              folderInput.current = element;
              if (element !== null) element.webkitdirectory = true;
            }}
            type="file"
            hidden
            aria-label="Folder of templates"
            onChange={(event) => onChosen(event, true)}
          />
        </div>
        <TextArea
          label="Template text"
          rows={items.length > 0 ? 3 : 8}
          className="mono"
          value={text}
          onChange={setText}
          problem={problem}
          placeholder='{ "name": "Reports", "modules": { … } }'
        />
        {items.length > 0 && (
          <ul className="import-items" aria-label="To import">
            {items.map((item, index) => (
              <ImportItemView
                key={`${item.name}:${index}`}
                item={item}
                decision={decisions[index] ?? firstChoice(item)}
                onChange={(next) =>
                  setDecisions((known) => known.map((each, other) => (other === index ? next : each)))
                }
              />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
