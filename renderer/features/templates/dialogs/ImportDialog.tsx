import { FileUp } from "lucide-react";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { serializeError } from "../../../../shared/model/error";
import { useWorkbench } from "../../../state/context";
import type { ImportChoice, ImportItem, TemplateEntry } from "../../../state/templates";
import { Button, cx, Dialog, TextArea } from "../../../ui";
import { ImportItemView } from "./ImportItemView";
import { decided, firstChoice, type Decision } from "./importDecision";
import "./dialogs.css";

const TYPING_MS = 200;
const MAX_BYTES = 8 * 1024 * 1024;

/** Imports templates from a file, from the clipboard or by dropping: shows everything before anything is written. */
export function ImportDialog({
  start,
  close,
}: {
  start: string | undefined;
  close(entries?: readonly TemplateEntry[]): void;
}) {
  const { templates, notices } = useWorkbench();
  const [text, setText] = useState(start ?? "");
  const [items, setItems] = useState<readonly ImportItem[]>([]);
  const [decisions, setDecisions] = useState<readonly Decision[]>([]);
  const [problem, setProblem] = useState<string>();
  const [isTarget, setTarget] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);

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

  const read = (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > MAX_BYTES) setProblem(`${file.name} is larger than 8 MB, so it is no template file.`);
    else notices.attempt(async () => setText(await file.text()));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setTarget(false);
    const [file] = event.dataTransfer.files;
    if (file === undefined) setText(event.dataTransfer.getData("text/plain"));
    else read(file);
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
      description="An exported file, a single template, or the older flat form. Nothing is written or run before you confirm."
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
          <Button icon={<FileUp size={14} aria-hidden />} onClick={() => input.current?.click()}>
            Choose a file…
          </Button>
          <span className="muted">or drop one here, or paste below</span>
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            hidden
            aria-label="Template file"
            onChange={(event) => {
              read(event.target.files?.[0]);
              event.target.value = "";
            }}
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
