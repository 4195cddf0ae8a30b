import DOMPurify from "dompurify";
import { marked } from "marked";
import { useMemo, type MouseEvent } from "react";
import { useWorkbench } from "../state/context";
import "./markdown.css";

interface MarkdownProps {
  text: string;
  /** A link to a file beside the text. */
  onOpenFile?(href: string): void;
}

/** Markdown as rich text: sanitised, without images from elsewhere; web links open in the system's browser. */
export function Markdown({ text, onOpenFile }: MarkdownProps) {
  const { client, notices } = useWorkbench();
  const html = useMemo(
    () =>
      scrollable(
        DOMPurify.sanitize(marked.parse(text, { async: false, gfm: true }), {
          // Neither drawings nor formulas: both can link and load.
          USE_PROFILES: { html: true },
          FORBID_TAGS: [
            ...["style", "form", "input", "button", "select", "textarea", "dialog", "iframe"],
            ...["img", "picture", "source", "video", "audio", "track", "map", "area"],
          ],
          FORBID_ATTR: ["style", "target", "tabindex", "background", "src", "srcset", "poster"],
          RETURN_DOM_FRAGMENT: true,
        }),
      ),
    [text],
  );
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const href = link?.getAttribute("href");
    if (href == null) return;
    event.preventDefault();
    if (/^(https?:|mailto:)/i.test(href))
      notices.attempt(async () => void (await client.request("app.openExternal", { url: href })));
    else if (!href.startsWith("#")) onOpenFile?.(decoded(href));
  };
  return (
    <div className="ui-markdown selectable" onClick={onClick} dangerouslySetInnerHTML={{ __html: html }} />
  );
}

/** A `%` that begins no escape stands for itself. */
function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

/** Lets the keyboard reach what can be wider than the page, to scroll it. */
function scrollable(content: DocumentFragment): string {
  for (const element of content.querySelectorAll("pre, table")) element.setAttribute("tabindex", "0");
  const box = document.createElement("div");
  box.append(content);
  return box.innerHTML;
}
