import { useWorkbenchPaths } from "../../../state/usePaths";
import { Checkbox, ChipsField } from "../../../ui";
import { FieldFrame, SectionFrame } from "../SectionFrame";
import type { TemplateForm } from "../useTemplate";

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((each) => (typeof each === "string" ? each : JSON.stringify(each))) : [];

/** How relative and bare names are found in the workspace. */
export function Resolver({ form }: { form: TemplateForm }) {
  const { folders } = useWorkbenchPaths();
  const disabled = !form.isEditable;
  return (
    <SectionFrame
      id="resolver"
      title="Resolver"
      about="How require and import find files. They never leave the workspace."
    >
      <FieldFrame form={form} path={["resolver", "roots"]} name="the folders">
        <ChipsField
          label="Folders"
          noun="folder"
          values={texts(form.get(["resolver", "roots"]))}
          suggestions={folders}
          onChange={(roots) => form.set(["resolver", "roots"], roots)}
          problem={form.problemAt(["resolver", "roots"])}
          hint="Bare file names are looked up here, in this order. “.” is the workspace."
          disabled={disabled}
        />
      </FieldFrame>
      <FieldFrame form={form} path={["resolver", "extensions"]} name="the endings">
        <ChipsField
          label="Endings"
          noun="ending"
          values={texts(form.get(["resolver", "extensions"]))}
          onChange={(extensions) => form.set(["resolver", "extensions"], extensions)}
          problem={form.problemAt(["resolver", "extensions"])}
          hint="Tried in this order when a name has none."
          disabled={disabled}
        />
      </FieldFrame>
      <FieldFrame form={form} path={["resolver", "npm"]} name="npm packages">
        <Checkbox
          label="npm packages"
          checked={form.get(["resolver", "npm"]) === true}
          onChange={(npm) => form.set(["resolver", "npm"], npm)}
          hint={
            form.problemAt(["resolver", "npm"]) ??
            "Pure-JavaScript packages of the workspace’s node_modules can be loaded."
          }
          disabled={disabled}
        />
      </FieldFrame>
    </SectionFrame>
  );
}
