import type { TemplateEntry } from "./templates";

export const TEMPLATE_KIND = "template";

/** The tab that edits a template; whoever registers the kind `template` shows it. */
export const templateTab = ({ file, name }: Pick<TemplateEntry, "file" | "name">) => ({
  id: `${TEMPLATE_KIND}:${file}`,
  kind: TEMPLATE_KIND,
  input: { file, name },
});
