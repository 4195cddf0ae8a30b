import { Checkbox } from "../../../ui";
import { FieldFrame, SectionFrame } from "../SectionFrame";
import type { TemplateForm } from "../useTemplate";

const OPTIONS = [
  {
    key: "console",
    label: "Console output",
    hint: "What scripts write to the console is recorded and shown.",
  },
  { key: "strict", label: "Strict mode", hint: "Plain scripts run in strict mode; ES modules always do." },
  {
    key: "typescript",
    label: "TypeScript",
    hint: "TypeScript files run; their types are taken out, not checked.",
  },
] as const;

/** Options of the JavaScript runtime. */
export function Runtime({ form }: { form: TemplateForm }) {
  return (
    <SectionFrame id="runtime" title="Runtime">
      {OPTIONS.map(({ key, label, hint }) => (
        <FieldFrame key={key} form={form} path={["runtime", key]} name={label}>
          <Checkbox
            label={label}
            checked={form.get(["runtime", key]) === true}
            onChange={(isOn) => form.set(["runtime", key], isOn)}
            hint={form.problemAt(["runtime", key]) ?? hint}
            disabled={!form.isEditable}
          />
        </FieldFrame>
      ))}
    </SectionFrame>
  );
}
