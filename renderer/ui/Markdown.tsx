import DOMPurify from "dompurify";
import { Marked } from "marked";
import { useMemo, type MouseEvent } from "react";
import { useWorkbench } from "../state/context";
import "./markdown.css";

/** Pictures are named and lead to their file: the page loads nothing that a text names. */
const marked = new Marked({
  renderer: {
    checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
    image({ href, text }) {
      const link = document.createElement("a");
      link.setAttribute("href", href);
      link.className = "ui-markdown-picture";
      link.textContent = text || href;
      return link.outerHTML;
    },
  },
});

interface MarkdownProps {
  text: string;
  /** A link to a file beside the text. */
  onOpenFile?(href: string): void;
}

/** Markdown as rich text: sanitised; web links open in the system's browser. */
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
    else if (href.startsWith("#")) headingOf(event.currentTarget, href)?.scrollIntoView({ block: "start" });
    else onOpenFile?.(decoded(href));
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

/** The heading that `#its-words` names, as on GitHub. */
function headingOf(page: Element, href: string): Element | undefined {
  const wanted = decoded(href.slice(1)).toLowerCase();
  const nameOf = (heading: Element) =>
    heading.textContent
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
  return [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")].find((heading) => nameOf(heading) === wanted);
}

/** Lets the keyboard reach what can be wider than the page, to scroll it. */
function scrollable(content: DocumentFragment): string {
  for (const element of content.querySelectorAll("pre, table")) element.setAttribute("tabindex", "0");
  const box = document.createElement("div");
  box.append(content);
  return box.innerHTML;
}
