import type { WorkbenchApi } from "../../shared/ipc/contract";
import type { SerializedError } from "../../shared/model/error";
import { createAnnouncer, type Announcer } from "./announcer";
import { createClient, type Client } from "./client";
import { createCommands, type Commands } from "./commands";
import { createConsole, type ConsoleConcern } from "./console";
import { createDialogs, type Dialogs } from "./dialogs";
import { createDocuments, type DocumentsConcern } from "./documents";
import { createExecutions, type ExecutionsConcern } from "./executions";
import { createFiles, type FilesConcern } from "./files";
import { createLayout, type LayoutConcern } from "./layout";
import { createMetricsSamples, type MetricsSamplesConcern } from "./metricsSamples";
import { createModules, type ModulesConcern } from "./modules";
import { createNotices, type Notices } from "./notices";
import { createPersistence, type Persistence } from "./persist";
import { createPlaces, type Places } from "./places";
import { createProblems, type ProblemsConcern } from "./problems";
import { createReveal, type Reveal } from "./reveal";
import { createRun, type RunConcern } from "./run";
import { createSearch, type SearchConcern } from "./search";
import { createSessions, type SessionsConcern } from "./sessions";
import { createSettings, type SettingsConcern } from "./settings";
import { createTabs, type TabsConcern } from "./tabs";
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
  readonly settings: SettingsConcern;
  readonly layout: LayoutConcern;
  readonly tabs: TabsConcern;
  readonly workspace: WorkspaceConcern;
  readonly files: FilesConcern;
  readonly documents: DocumentsConcern;
  readonly templates: TemplatesConcern;
  readonly modules: ModulesConcern;
  readonly sessions: SessionsConcern;
  readonly executions: ExecutionsConcern;
  readonly console: ConsoleConcern;
  readonly run: RunConcern;
  readonly problems: ProblemsConcern;
  readonly search: SearchConcern;
  readonly samples: MetricsSamplesConcern;
  readonly reveal: Reveal;
  /** Answers to errors that are better than a message, tried in order. */
  readonly explainers: ((error: SerializedError) => boolean)[];
}

/** Builds the window's state over the one API that the preload script exposes. */
export function createWorkbench(api: WorkbenchApi): Workbench {
  const client = createClient(api);
  const persistence = createPersistence(client);
  const explainers: Workbench["explainers"] = [];
  const notices = createNotices((error) => explainers.some((explain) => explain(error)));
  const tabs = createTabs(persistence);
  const documents = createDocuments(client, persistence);
  const templates = createTemplates(client, notices);
  const sessions = createSessions(client);
  const executions = createExecutions(client);
  const files = createFiles(client, persistence, notices);
  return {
    client,
    persistence,
    places: createPlaces(),
    commands: createCommands(notices.attempt),
    notices,
    dialogs: createDialogs(),
    announcer: createAnnouncer(),
    settings: createSettings(client),
    layout: createLayout(persistence),
    tabs,
    workspace: createWorkspace(client),
    files,
    documents,
    templates,
    modules: createModules(client),
    sessions,
    executions,
    console: createConsole(client, executions),
    run: createRun({ client, persistence, documents, templates, sessions, executions }),
    problems: createProblems(),
    search: createSearch(client),
    samples: createMetricsSamples(sessions),
    reveal: createReveal(tabs),
    explainers,
  };
}
