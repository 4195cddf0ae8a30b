import type { WorkbenchApi } from "../../shared/ipc/contract";
import type { SerializedError } from "../../shared/model/error";
import { createAnnouncer, type Announcer } from "./announcer";
import { createClipboard, type ClipboardConcern } from "./clipboard";
import { createClient, type Client } from "./client";
import { createCommands, type Commands } from "./commands";
import { createConsole, type ConsoleConcern } from "./console";
import { followDeclarations } from "./declarationProblems";
import { createDialogs, type Dialogs } from "./dialogs";
import { createDocuments, type DocumentsConcern } from "./documents";
import { createEnableModule, type EnableModuleConcern } from "./enableModule";
import { createExecutions, type ExecutionsConcern } from "./executions";
import { createFiles, type FilesConcern } from "./files";
import { createHistory, type HistoryConcern } from "./history";
import { createInlineResults, type InlineResultsConcern } from "./inlineResults";
import { createLayout, type LayoutConcern } from "./layout";
import { createMetricsSamples, type MetricsSamplesConcern } from "./metricsSamples";
import { createModules, type ModulesConcern } from "./modules";
import { createNotices, type Notices } from "./notices";
import { createPersistence, type Persistence } from "./persist";
import { createPlaces, type Places } from "./places";
import { createProblems, type ProblemsConcern } from "./problems";
import { createRepl, type ReplConcern } from "./repl";
import { createReveal, type Reveal } from "./reveal";
import { createRun, type RunConcern } from "./run";
import { createScriptSources, type ScriptSourcesConcern } from "./scriptSources";
import { createSearch, type SearchConcern } from "./search";
import { createSessions, type SessionsConcern } from "./sessions";
import { createSettings, type SettingsConcern } from "./settings";
import { createStartupTrace, type StartupTraceConcern } from "./startupTrace";
import { createTabs, type TabsConcern } from "./tabs";
import { createTemplateEditing, type TemplateEditingConcern } from "./templateEditing";
import { createTemplates, type TemplatesConcern } from "./templates";
import { createWorkspace, type WorkspaceConcern } from "./workspace";

/** Everything that the window knows and can do; components get it from context and hold no state of their own beside it. */
export interface Workbench {
  readonly client: Client;
  readonly persistence: Persistence;
  readonly places: Places;
  readonly commands: Commands;
  readonly notices: Notices;
  readonly dialogs: Dialogs;
  readonly announcer: Announcer;
  readonly clipboard: ClipboardConcern;
  readonly settings: SettingsConcern;
  readonly layout: LayoutConcern;
  readonly tabs: TabsConcern;
  readonly workspace: WorkspaceConcern;
  readonly files: FilesConcern;
  readonly documents: DocumentsConcern;
  readonly templates: TemplatesConcern;
  readonly templateEditing: TemplateEditingConcern;
  readonly modules: ModulesConcern;
  readonly sessions: SessionsConcern;
  readonly startupTrace: StartupTraceConcern;
  readonly executions: ExecutionsConcern;
  readonly history: HistoryConcern;
  readonly console: ConsoleConcern;
  readonly run: RunConcern;
  readonly repl: ReplConcern;
  readonly problems: ProblemsConcern;
  readonly search: SearchConcern;
  readonly samples: MetricsSamplesConcern;
  readonly reveal: Reveal;
  readonly scriptSources: ScriptSourcesConcern;
  readonly inlineResults: InlineResultsConcern;
  /** Answers to errors that are better than a message, tried in order. */
  readonly explainers: ((error: SerializedError) => boolean)[];
  readonly enableModule: EnableModuleConcern;
  /** Owners of things outside of React, such as Monaco's models, add how to release them. */
  readonly disposables: (() => void)[];
  /** Lets go of main: its events and its stored state. */
  dispose(): void;
}

/** Builds the window's state over the one API that the preload script exposes. */
export function createWorkbench(api: WorkbenchApi): Workbench {
  const client = createClient(api);
  const persistence = createPersistence(client);
  const explainers: Workbench["explainers"] = [];
  const disposables: Workbench["disposables"] = [];
  const notices = createNotices((error) => explainers.some((explain) => explain(error)));
  const layout = createLayout(persistence);
  const tabs = createTabs(persistence, layout.showEditors);
  const documents = createDocuments(client, persistence);
  const templates = createTemplates(client, notices);
  const sessions = createSessions(client);
  const executions = createExecutions(client);
  const files = createFiles(client, persistence, notices);
  const run = createRun({ client, persistence, documents, templates, sessions, executions });
  const problems = createProblems();
  const scriptSources = createScriptSources(client, files);
  followDeclarations(client, scriptSources, documents, problems);
  return {
    client,
    persistence,
    places: createPlaces(),
    commands: createCommands(notices.attempt),
    notices,
    dialogs: createDialogs(),
    announcer: createAnnouncer(),
    clipboard: createClipboard(client, notices),
    settings: createSettings(client),
    layout,
    tabs,
    workspace: createWorkspace(client),
    files,
    documents,
    templates,
    templateEditing: createTemplateEditing({ client, documents, templates, fail: notices.fail }),
    modules: createModules(client),
    sessions,
    startupTrace: createStartupTrace(client, sessions, notices.fail),
    executions,
    history: createHistory(client, notices.fail),
    console: createConsole(client, executions, notices.fail),
    run,
    repl: createRepl(persistence),
    problems,
    search: createSearch(client),
    samples: createMetricsSamples(sessions),
    reveal: createReveal(tabs),
    scriptSources,
    inlineResults: createInlineResults(client),
    explainers,
    enableModule: createEnableModule(templates, run),
    disposables,
    dispose() {
      client.dispose();
      persistence.dispose();
      for (const dispose of disposables.splice(0)) dispose();
    },
  };
}
