import { GitCompare, ScrollText } from "lucide-react";
import { isRecord } from "../../../shared/model/json-change";
import { useValue, useWorkbench } from "../../state/context";
import { isDirty } from "../../state/documents";
import { SCRIPT_TAB } from "../../state/reveal";
import { templatePath } from "../../state/templateEditing";
import type { TemplateEntry } from "../../state/templates";
import type { Workbench } from "../../state/workbench";
import { TEMPLATE_KIND, templateTab } from "../../state/templateTab";
import { askAndDuplicate, askAndRename } from "../template-list";
import { activeTemplate, askAndCreate, compareWith, exportTemplates, importTemplates } from "./acts";
import { CompareTab } from "./CompareTab";
import { openModulePicker } from "./picker/openModulePicker";
import { mayCloseTemplate, saveTemplate, tryTemplate } from "./saving";
import { TemplateEditor } from "./TemplateEditor";
import { COMPARE_KIND, fileOf, isSide, type Side } from "./templateTab";

/** One side of a comparison that somebody else asks for; not given, it is chosen there. */
function sideIn(sides: unknown, key: "before" | "after"): Side | undefined {
  const side = isRecord(sides) ? sides[key] : undefined;
  return isSide(side) ? side : undefined;
}

/** Editing, comparing and sharing of templates. */
export function registerTemplates(workbench: Workbench): void {
  const { places, commands, templates, tabs, documents, templateEditing } = workbench;
  places.tabKinds.add(
    {
      id: TEMPLATE_KIND,
      title: (tab) =>
        templates.get(fileOf(tab))?.name ??
        (typeof tab.input["name"] === "string" ? tab.input["name"] : fileOf(tab)),
      describe: (tab) => templatePath(fileOf(tab)),
      icon: () => <ScrollText aria-hidden />,
      View: TemplateEditor,
      useMark(tab) {
        const store = useWorkbench().documents.store;
        return useValue(store, ({ documents: all }) => {
          const document = all[templatePath(fileOf(tab))];
          if (document?.state === "missing") return "missing";
          return isDirty(document) ? "dirty" : "clean";
        });
      },
      mayClose: (tab) => mayCloseTemplate(workbench, fileOf(tab)),
      save: (tab) =>
        isDirty(documents.get(templatePath(fileOf(tab))))
          ? saveTemplate(workbench, fileOf(tab))
          : Promise.resolve(),
      closed(tab) {
        const path = templatePath(fileOf(tab));
        if (!tabs.isOpen(`${SCRIPT_TAB}:${path}`)) documents.close(path);
      },
    },
    {
      id: COMPARE_KIND,
      title: () => "Compare templates",
      icon: () => <GitCompare aria-hidden />,
      View: CompareTab,
    },
  );

  const withActive = (act: (file: string) => void | Promise<void>) => () => {
    const file = activeTemplate(workbench);
    return file === undefined ? undefined : act(file);
  };
  const withActiveEntry = (act: (workbench: Workbench, entry: TemplateEntry) => Promise<void>) =>
    withActive((file) => {
      const entry = templates.get(file);
      return entry === undefined ? undefined : act(workbench, entry);
    });
  const isActive = () => activeTemplate(workbench) !== undefined;
  const hasTemplates = () =>
    templates.store.getState().templates.some((entry) => entry.template !== undefined);
  commands.add(
    { id: "template.new", title: "New template", category: "Template", run: () => askAndCreate(workbench) },
    {
      id: "template.import",
      title: "Import templates…",
      category: "Template",
      run: (text) => importTemplates(workbench, typeof text === "string" ? text : undefined),
    },
    {
      id: "template.export",
      title: "Export templates…",
      category: "Template",
      enabled: hasTemplates,
      run: () => exportTemplates(workbench),
    },
    {
      id: "template.compare",
      title: "Compare templates…",
      category: "Template",
      enabled: hasTemplates,
      run: (sides) => compareWith(workbench, sideIn(sides, "before"), sideIn(sides, "after")),
    },
    {
      id: "template.addModule",
      title: "Add module to the template",
      category: "Template",
      keys: ["Mod+Shift+M"],
      enabled: isActive,
      run: withActive((file) => openModulePicker(workbench, file)),
    },
    {
      id: "template.try",
      title: "Try the template as it stands",
      category: "Template",
      enabled: isActive,
      run: withActive((file) => tryTemplate(workbench, file)),
    },
    {
      id: "template.rename",
      title: "Rename the template…",
      category: "Template",
      enabled: isActive,
      run: withActiveEntry(askAndRename),
    },
    {
      id: "template.duplicate",
      title: "Duplicate the template…",
      category: "Template",
      enabled: isActive,
      run: withActiveEntry(askAndDuplicate),
    },
    {
      id: "template.switchFace",
      title: "Switch between form and JSON",
      category: "Template",
      keys: ["Mod+Shift+J"],
      enabled: isActive,
      run: withActive((file) => {
        const face = templateEditing.store.getState().faces[file] ?? "form";
        templateEditing.showFace(file, face === "form" ? "source" : "form");
      }),
    },
  );

  // Tabs bear their template's name: it follows a rename here, in the source and on disk.
  templates.store.subscribe(({ templates: all }) => {
    const isStale = (tab: { kind: string; input: Record<string, unknown> }) => {
      const entry = all.find((each) => each.file === tab.input["file"]);
      return tab.kind === TEMPLATE_KIND && entry !== undefined && entry.name !== tab.input["name"]
        ? entry
        : undefined;
    };
    if (!tabs.store.getState().groups.some((group) => group.tabs.some(isStale))) return;
    tabs.replace((tab) => {
      const entry = isStale(tab);
      return entry === undefined ? tab : { ...tab, ...templateTab(entry) };
    });
  });
}
