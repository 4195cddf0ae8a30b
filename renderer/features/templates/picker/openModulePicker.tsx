import type { Workbench } from "../../../state/workbench";
import { changeFor, type PickedModule } from "./listing";
import { ModulePicker } from "./ModulePicker";

/** Opens the picker for a template that is being edited and takes over what was chosen, as one step of its history. */
export function openModulePicker(workbench: Workbench, file: string, start?: string): void {
  const { dialogs, notices, templateEditing } = workbench;
  notices.attempt(async () => {
    const source = templateEditing.textOf(file) ?? "{}";
    const picked = await dialogs.ask<PickedModule>((close) => (
      <ModulePicker source={source} start={start} close={close} />
    ));
    if (picked !== undefined)
      templateEditing.change(file, [changeFor(templateEditing.textOf(file) ?? source, picked)]);
  });
}
