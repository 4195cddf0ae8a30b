import { useEffect, useRef, useState } from "react";
import { useWorkbench } from "../../state/context";
import { fileTab } from "../../state/reveal";

/** Names a file or folder in place: Enter accepts, Escape gives up. */
export function NameField({ initial, label }: { initial: string; label: string }) {
  const { files, notices, tabs } = useWorkbench();
  const [name, setName] = useState(initial);
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    const element = input.current;
    element?.focus();
    const dot = initial.lastIndexOf(".");
    element?.setSelectionRange(0, dot > 0 ? dot : initial.length);
  }, [initial]);
  const finish = (value: string | undefined) => {
    if (isDone.current) return;
    isDone.current = true;
    input.current?.closest<HTMLElement>('[role="tree"]')?.focus();
    if (value === undefined) return files.startNaming(null);
    const isNewFile = files.store.getState().naming?.kind === "file";
    notices.attempt(async () => {
      const path = await files.name(value);
      if (path !== undefined && isNewFile) tabs.open(fileTab(path));
    });
  };
  return (
    <input
      ref={input}
      className="file-naming"
      aria-label={label}
      value={name}
      spellCheck={false}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => finish(name)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") finish(name);
        if (event.key === "Escape") finish(undefined);
      }}
    />
  );
}
