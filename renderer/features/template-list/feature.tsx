import { Ellipsis, FileDown, FileUp, GitCompare, Plus, ScrollText } from "lucide-react";
import { useWorkbench } from "../../state/context";
import type { Workbench } from "../../state/workbench";
import { IconButton, Menu, type MenuEntry } from "../../ui";
import { TemplateList } from "./TemplateList";

function TemplateActions() {
  const { commands } = useWorkbench();
  const items: MenuEntry[] = [
    { label: "Import…", icon: <FileDown aria-hidden />, onSelect: () => commands.run("template.import") },
    { label: "Export…", icon: <FileUp aria-hidden />, onSelect: () => commands.run("template.export") },
    "separator",
    { label: "Compare…", icon: <GitCompare aria-hidden />, onSelect: () => commands.run("template.compare") },
  ];
  return (
    <>
      <IconButton
        label="New template"
        icon={<Plus aria-hidden />}
        onClick={() => commands.run("template.new")}
      />
      <Menu items={items} align="end">
        <IconButton label="Import, export, compare" icon={<Ellipsis aria-hidden />} />
      </Menu>
    </>
  );
}

/** The Templates view; the editor of a template plugs in as the tab kind `template`. */
export function registerTemplateList(workbench: Workbench): void {
  const { places, templates, problems } = workbench;
  places.views.add({
    id: "templates",
    title: "Templates",
    icon: ScrollText,
    order: 2,
    View: TemplateList,
    Actions: TemplateActions,
  });
  templates.store.subscribe(({ templates: all }) => {
    problems.set(
      "templates",
      all.flatMap((entry) =>
        entry.problems.map((problem) => ({
          path: `templates/${entry.file}`,
          line: problem.line ?? 1,
          column: problem.column ?? 1,
          severity: "error" as const,
          message: problem.error.message,
          source: "template",
          code: problem.error.code,
        })),
      ),
    );
  });
}
