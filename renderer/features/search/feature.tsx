import { Search } from "lucide-react";
import type { Workbench } from "../../state/workbench";
import { SearchView } from "./SearchView";

/** Find in files. */
export function registerSearch({ places, commands, layout }: Workbench): void {
  places.views.add({ id: "search", title: "Search", icon: Search, order: 6, View: SearchView });
  commands.add({
    id: "search.files",
    title: "Find in files",
    category: "Edit",
    keys: ["Mod+Shift+F"],
    run: () => {
      layout.showView("search");
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>(".search-query input")?.focus());
    },
  });
}
