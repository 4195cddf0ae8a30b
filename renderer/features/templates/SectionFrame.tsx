import { RotateCcw } from "lucide-react";
import { useId, type ReactNode } from "react";
import type { Remark } from "../../../shared/ipc/templates";
import { cx, IconButton } from "../../ui";
import type { TemplateForm, TemplatePath } from "./useTemplate";

interface SectionFrameProps {
  id: string;
  title: string;
  /** What the section decides, in a sentence. */
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A section of the form. */
export function SectionFrame({ id, title, about, actions, children }: SectionFrameProps) {
  const headId = useId();
  return (
    <section className="tpl-section" data-section={id} aria-labelledby={headId}>
      <header className="tpl-section-head">
        <h2 id={headId}>{title}</h2>
        {actions !== undefined && <div className="tpl-section-actions">{actions}</div>}
      </header>
      {about !== undefined && <p className="tpl-about">{about}</p>}
      {children}
    </section>
  );
}

interface FieldFrameProps {
  form: TemplateForm;
  path: TemplatePath;
  /** Name in “Reset … to its default”. */
  name: string;
  className?: string;
  children: ReactNode;
}

/** A field with its way back to the default, and what a reviewer should look at. */
export function FieldFrame({ form, path, name, className, children }: FieldFrameProps) {
  const canReset = form.isEditable && form.has(path);
  return (
    <div className={cx("tpl-field", className)}>
      <div className="tpl-field-row">
        <div className="tpl-field-control">{children}</div>
        <IconButton
          label={`Reset ${name} to its default`}
          className="tpl-reset"
          icon={<RotateCcw aria-hidden />}
          disabled={!canReset}
          onClick={() => form.reset(path)}
        />
      </div>
      <Remarks remarks={form.remarksAt(path)} />
    </div>
  );
}

/** Remarks of the lint about one place. */
export function Remarks({ remarks, label }: { remarks: readonly Remark[]; label?: string }) {
  if (remarks.length === 0) return null;
  return (
    <ul className="tpl-remarks" aria-label={label}>
      {remarks.map((remark) => (
        <li key={`${remark.rule}:${remark.message}`} className={`tpl-remark tpl-remark-${remark.severity}`}>
          {remark.message}
        </li>
      ))}
    </ul>
  );
}
