import type { Workbench } from "../state/workbench";
import { registerConsole } from "../features/console/feature";
import { registerEditor } from "../features/editor/feature";
import { registerFiles } from "../features/files/feature";
import { registerHistory } from "../features/history/feature";
import { registerMetrics } from "../features/metrics/feature";
import { registerModules } from "../features/modules/feature";
import { registerNotices } from "../features/notices/feature";
import { registerPalette } from "../features/palette/feature";
import { registerProblems } from "../features/problems/feature";
import { registerRepl } from "../features/repl/feature";
import { registerRun } from "../features/run/feature";
import { registerSearch } from "../features/search/feature";
import { registerSessions } from "../features/sessions/feature";
import { registerSettings } from "../features/settings/feature";
import { registerTemplateList } from "../features/template-list/feature";
import { registerTemplates } from "../features/templates/feature";
import { registerTrace } from "../features/trace/feature";
import { registerWelcome } from "../features/welcome/feature";
import { registerShell } from "./commands";

/** Everything that plugs into the window. A new feature is one folder and one line here. */
const FEATURES: readonly ((workbench: Workbench) => void)[] = [
  registerShell,
  registerEditor,
  registerFiles,
  registerTemplates,
  registerTemplateList,
  registerSessions,
  registerHistory,
  registerModules,
  registerSearch,
  registerRun,
  registerConsole,
  registerRepl,
  registerProblems,
  registerTrace,
  registerMetrics,
  registerSettings,
  registerPalette,
  registerNotices,
  registerWelcome,
];

export function registerFeatures(workbench: Workbench): void {
  for (const register of FEATURES) register(workbench);
}
