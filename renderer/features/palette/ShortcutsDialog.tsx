import { useState } from "react";
import { byCategory } from "../../state/commands";
import { useValue, useWorkbench } from "../../state/context";
import { groupBy } from "../../state/group";
import { Button, Dialog, Kbd, SearchField } from "../../ui";

/** Every command that has keys: the list is the command registry itself. */
export function ShortcutsDialog({ close }: { close(): void }) {
  const { commands } = useWorkbench();
  const all = useValue(commands.store, (state) => state.items);
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = byCategory(all).filter(
    (command) => command.keys !== undefined && command.title.toLowerCase().includes(wanted),
  );
  return (
    <Dialog
      title="Keyboard shortcuts"
      open
      onClose={close}
      size="medium"
      actions={<Button onClick={close}>Done</Button>}
    >
      <SearchField label="Search shortcuts" value={query} onChange={setQuery} />
      {[...groupBy(shown, (command) => command.category)].map(([category, list]) => (
        <section key={category} className="shortcuts">
          <h3>{category}</h3>
          <dl>
            {list.map((command) => (
              <div key={command.id}>
                <dt>{command.title}</dt>
                <dd>
                  {command.keys?.map((keys) => (
                    <Kbd key={keys} keys={keys} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
