import { useDeferredValue } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { parentOf, resolvePath } from "../../state/paths";
import { Markdown } from "../../ui/Markdown";

/** A Markdown file as it reads; links to workspace files open them. */
export function MarkdownPreview({ path }: { path: string }) {
  const { documents, reveal } = useWorkbench();
  const text = useDeferredValue(useValue(documents.store, (state) => state.documents[path]?.text ?? ""));
  const open = (href: string) => {
    const target = resolvePath(parentOf(path), href.split("#", 1)[0] ?? "");
    if (target !== undefined && target !== "") reveal.show({ path: target });
  };
  return <Markdown text={text} onOpenFile={open} />;
}
