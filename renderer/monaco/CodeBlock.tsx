import { useEffect, useState } from "react";
import { cx } from "../ui";
import { useMonaco } from "./load";
import "./codeBlock.css";

interface CodeBlockProps {
  code: string;
  language: string;
  /** Accessible name. */
  label: string;
  className?: string;
}

/** Code to read and to select from, coloured as in the editors. */
export function CodeBlock({ code, language, label, className }: CodeBlockProps) {
  const parts = useMonaco();
  const [coloured, setColoured] = useState<{ code: string; html: string }>();
  useEffect(() => {
    if (parts === undefined) return;
    let isCurrent = true;
    void parts.monaco.editor.colorize(code, language, { tabSize: 2 }).then((html) => {
      if (isCurrent) setColoured({ code, html });
    });
    return () => {
      isCurrent = false;
    };
  }, [parts, code, language]);
  const shared = {
    className: cx("code-block selectable", className),
    role: "region",
    "aria-label": label,
    tabIndex: 0,
  };
  // Monaco escapes the text that it colours.
  return coloured?.code === code ? (
    <pre {...shared} dangerouslySetInnerHTML={{ __html: coloured.html }} />
  ) : (
    <pre {...shared}>{code}</pre>
  );
}
