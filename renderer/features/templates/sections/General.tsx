import { TextArea, TextField } from "../../../ui";
import { FieldFrame, SectionFrame } from "../SectionFrame";
import type { TemplateForm } from "../useTemplate";

const shown = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

/** Name and description. */
export function General({ form }: { form: TemplateForm }) {
  return (
    <SectionFrame id="general" title="General">
      <TextField
        label="Name"
        value={shown(form.get(["name"]))}
        onChange={(name) => form.set(["name"], name, "name")}
        problem={form.problemAt(["name"])}
        hint="Unique in the workspace; scripts and the command line choose the template by it."
        disabled={!form.isEditable}
      />
      <FieldFrame form={form} path={["description"]} name="the description">
        <TextArea
          label="Description"
          rows={2}
          value={shown(form.get(["description"]))}
          onChange={(text) => form.set(["description"], text, "description")}
          problem={form.problemAt(["description"])}
          disabled={!form.isEditable}
        />
      </FieldFrame>
      <dl className="tpl-facts">
        <dt>File</dt>
        <dd className="mono selectable">templates/{form.file}</dd>
        <dt>Id</dt>
        <dd className="mono selectable">
          {form.has(["id"]) ? shown(form.get(["id"])) : "made from the file’s name until one is written"}
        </dd>
        <dt>Version</dt>
        <dd className="mono">{shown(form.get(["version"]))}</dd>
      </dl>
      {["id", "version"].map((key) => {
        const problem = form.problemAt([key]);
        return (
          problem !== undefined && (
            <p key={key} role="alert" className="ui-note ui-note-problem">
              {key}: {problem}
            </p>
          )
        );
      })}
    </SectionFrame>
  );
}
