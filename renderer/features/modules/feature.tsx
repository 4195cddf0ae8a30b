import { Library, Package } from "lucide-react";
import type { Workbench } from "../../state/workbench";
import { MODULE_KIND } from "./moduleTab";
import { ModulesView } from "./ModulesView";
import { ModuleTab } from "./ModuleTab";

/** The reference of modules and libraries: a view of the side bar and a tab for each. */
export function registerModules({ places }: Workbench): void {
  places.views.add({ id: "modules", title: "Modules", icon: Package, order: 5, View: ModulesView });
  places.tabKinds.add({
    id: MODULE_KIND,
    title: (tab) => (typeof tab.input["name"] === "string" ? tab.input["name"] : "Module"),
    describe: (tab) => (tab.input["of"] === "library" ? "Library of the catalogue" : "Native module"),
    icon: (tab) => (tab.input["of"] === "library" ? <Library aria-hidden /> : <Package aria-hidden />),
    View: ModuleTab,
  });
}
