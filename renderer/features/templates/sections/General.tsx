import { TextArea, TextField } from "../../../ui";
import { FieldFrame, SectionFrame } from "../SectionFrame";
import type { TemplateForm } from "../useTemplate";

const shown = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

/** Name, description and identity. */
export function General({ form }: { form: TemplateForm }) {
  // These two have no default: what is not in the text is empty here.
  const written = (key: "name" | "id") => (form.has([key]) ? shown(form.get([key])) : "");
  const versionProblem = form.problemAt(["version"]);
  return (
    <SectionFrame id="general" title="General">
      <TextField
        label="Name"
        value={written("name")}
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
      <FieldFrame form={form} path={["id"]} name="the id">
        <TextField
          label="Id"
          className="mono"
          value={written("id")}
          placeholder="made from the file’s name until one is written"
          onChange={(id) => form.set(["id"], id === "" ? undefined : id, "id")}
          problem={form.problemAt(["id"])}
          hint="A UUID by which sessions and history know the template, whatever its name. Another one makes it another template."
          disabled={!form.isEditable}
        />
      </FieldFrame>
      <dl className="tpl-facts">
        <dt>File</dt>
        <dd className="mono selectable">templates/{form.file}</dd>
        <dt>Version</dt>
        <dd className="mono">{shown(form.get(["version"]))}</dd>
      </dl>
      {versionProblem !== undefined && (
        <p role="alert" className="ui-note ui-note-problem">
          version: {versionProblem}
        </p>
      )}
    </SectionFrame>
  );
}
