import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useWorkbench } from "../../state/context";
import { cx, keysOfEvent } from "../../ui";
import { General } from "./sections/General";
import { Libraries } from "./sections/Libraries";
import { Limits } from "./sections/Limits";
import { Modules } from "./sections/Modules";
import { Resolver } from "./sections/Resolver";
import { Runtime } from "./sections/Runtime";
import { Startup } from "./sections/Startup";
import { Summary } from "./Summary";
import type { TemplateForm } from "./useTemplate";

const SECTIONS = [
  { id: "general", title: "General", keys: ["name", "description", "id", "version", "$schema"] },
  { id: "modules", title: "Modules", keys: ["modules"] },
  { id: "libraries", title: "Libraries", keys: ["libraries"] },
  { id: "startup", title: "Startup files", keys: ["startup"] },
  { id: "limits", title: "Limits", keys: ["limits"] },
  { id: "resolver", title: "Resolver", keys: ["resolver"] },
  { id: "runtime", title: "Runtime", keys: ["runtime"] },
] as const;

/** Air above a section that is shown. */
const GAP = 12;

type SectionId = (typeof SECTIONS)[number]["id"];

/** The template as a form: all sections on one page, with a way to each. */
export function FormFace({ form }: { form: TemplateForm }) {
  const { templateEditing } = useWorkbench();
  const page = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<SectionId>("general");
  const follow = useSectionInView(page, setCurrent);
  const show = (id: SectionId) => {
    setCurrent(id);
    const root = page.current;
    const section = root?.querySelector(`[data-section="${id}"]`);
    // Not scrollIntoView, which would scroll everything around the page too.
    if (root && section)
      root.scrollTop += section.getBoundingClientRect().top - root.getBoundingClientRect().top - GAP;
  };
  // The history of the text serves the fields too: their own would know nothing of the source.
  const onKeyDown = (event: KeyboardEvent) => {
    const keys = keysOfEvent(event.nativeEvent);
    const act =
      keys === "Mod+Z"
        ? templateEditing.undo
        : keys === "Mod+Shift+Z" || keys === "Mod+Y"
          ? templateEditing.redo
          : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act(form.file);
  };
  return (
    <div className="tpl-form" onKeyDown={onKeyDown}>
      <nav className="tpl-nav" aria-label="Sections">
        <ul>
          {SECTIONS.map(({ id, title, keys }) => {
            const wrong = form.problems.filter((problem) =>
              keys.some((key) => problem.path[0] === key),
            ).length;
            return (
              <li key={id}>
                <button
                  type="button"
                  className={cx("tpl-nav-item", current === id && "tpl-nav-current")}
                  aria-current={current === id ? "location" : undefined}
                  onClick={() => show(id)}
                >
                  {title}
                  {wrong > 0 && (
                    <span className="tpl-nav-wrong" aria-label={`${wrong} to correct`}>
                      {wrong}
                    </span>
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      </nav>
      <div ref={page} className="tpl-page" onScroll={follow} tabIndex={-1}>
        <div className="tpl-sections">
          <Summary form={form} />
          <General form={form} />
          <Modules form={form} />
          <Libraries form={form} />
          <Startup form={form} />
          <Limits form={form} />
          <Resolver form={form} />
          <Runtime form={form} />
        </div>
      </div>
    </div>
  );
}

/** Tells which section is at the top of the page as it scrolls. */
function useSectionInView(
  page: React.RefObject<HTMLDivElement | null>,
  tell: (id: SectionId) => void,
): () => void {
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const root = page.current;
      if (root === null) return;
      const top = root.getBoundingClientRect().top + 60;
      const isAtEnd = root.scrollTop + root.clientHeight >= root.scrollHeight - 4;
      const passed = SECTIONS.filter(({ id }) => {
        const section = root.querySelector(`[data-section="${id}"]`);
        return section !== null && section.getBoundingClientRect().top <= top;
      });
      const found = isAtEnd ? SECTIONS.at(-1) : passed.at(-1);
      if (found !== undefined && root.scrollHeight > root.clientHeight) tell(found.id);
    });
  }, [page, tell]);
}
