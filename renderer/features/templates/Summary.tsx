import { ShieldCheck } from "lucide-react";
import { useValue, useWorkbench } from "../../state/context";
import type { TemplateForm } from "./useTemplate";

const MOST = 12;

/** What the template as a whole permits, in plain words: the first thing that a reviewer reads. */
export function Summary({ form }: { form: TemplateForm }) {
  const { templateEditing } = useWorkbench();
  const effects = useValue(templateEditing.store, (state) => state.checks[form.file]?.effects);
  const remarks = form.remarks.filter((remark) => remark.severity !== "info");
  if (effects === undefined || form.problems.length > 0) return null;
  return (
    <section className="tpl-summary" aria-label="What it permits">
      <ShieldCheck size={16} aria-hidden />
      <div>
        <p className="tpl-summary-head">Scripts of this template</p>
        <ul className="tpl-effects">
          {effects.slice(0, MOST).map((effect) => (
            <li key={effect}>may {effect}</li>
          ))}
          {effects.length > MOST && <li>and {effects.length - MOST} more</li>}
        </ul>
        {remarks.length > 0 && (
          <ul className="tpl-remarks" aria-label="Worth a second look">
            {remarks.map((remark) => (
              <li
                key={`${remark.rule}:${remark.message}`}
                className={`tpl-remark tpl-remark-${remark.severity}`}
              >
                {remark.message}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
