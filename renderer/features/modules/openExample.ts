import { WorkbenchError } from "../../../shared/model/error";
import type { Workbench } from "../../state/workbench";

const FOLDER = "examples";
const MOST_TRIES = 100;

/** Writes an example as a script of its own, never over another file, and opens it. An equal one is opened as it is. */
export async function openExample(workbench: Workbench, name: string, code: string): Promise<void> {
  const { files, reveal, run, templates } = workbench;
  const base = `${FOLDER}/${name.replaceAll(/[^\w-]+/g, "-")}`;
  const text = code.endsWith("\n") ? code : `${code}\n`;
  const path = await files.createScript(
    (attempt) => (attempt > MOST_TRIES ? undefined : `${base}${attempt === 0 ? "" : `-${attempt + 1}`}.js`),
    text,
  );
  if (path === undefined)
    throw new WorkbenchError(
      "FILE_CONFLICT",
      `There are too many examples of ${name} in ${FOLDER}/. Remove some of them.`,
    );
  reveal.show({ path });
  // The example runs where its module is allowed; when a template has it, that is the one to try it with.
  const chosen = run.store.getState().template;
  const allows = (file: string | null) =>
    file !== null && Object.hasOwn(templates.get(file)?.template?.modules ?? {}, name);
  const fitting = templates.store.getState().templates.find((entry) => allows(entry.file));
  if (!allows(chosen) && fitting !== undefined) run.chooseTemplate(fitting.file);
}
