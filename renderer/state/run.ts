import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import { argumentsFor } from "../../shared/model/arguments";
import { WorkbenchError } from "../../shared/model/error";
import type { Execution, ExecutionRequest } from "../../shared/model/execution";
import type { ExecutionId, SessionId } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import type { Client } from "./client";
import type { DocumentsConcern } from "./documents";
import { isDirty } from "./documents";
import type { ExecutionsConcern } from "./executions";
import { readDeclaration, rememberedArguments } from "./parameters";
import { renamedPath } from "./paths";
import type { Persistence } from "./persist";
import { isLive, type SessionsConcern } from "./sessions";
import type { TemplatesConcern } from "./templates";

type Json = z.core.util.JSONType;

/** Arguments and environment of a script, as the small form keeps them. */
export type ScriptInput = {
  /** JSON text; empty for none. */
  readonly args: string;
  readonly env: Readonly<Record<string, string>>;
};

/** What the run bar is doing. An execution that runs is known from its session, not from here. */
export type RunPhase =
  | { readonly kind: "idle" }
  /** Run was asked for; a session may be starting. */
  | { readonly kind: "starting"; readonly since: number }
  | { readonly kind: "stopping"; readonly executionId: ExecutionId };

export interface RunState {
  /** Workspace-relative path. */
  readonly script: string | null;
  /** File of the template; `null` runs with the defaults and no modules. */
  readonly template: string | null;
  /** `null` starts a new session. */
  readonly session: SessionId | null;
  readonly phase: RunPhase;
  /** By script. */
  readonly inputs: Readonly<Record<string, ScriptInput>>;
  /** The execution that was started last from here. */
  readonly last: ExecutionId | null;
}

/** Arguments and environment of an execution. */
export type GivenInput = Pick<Execution, "args" | "env">;

/** A part of a script, run on its own. */
export interface Selection {
  readonly source: string;
  readonly lineOffset: number;
}

/** What runs, in which template and session; starting and stopping it. */
export interface RunConcern {
  readonly store: StoreApi<RunState>;
  load(): Promise<void>;
  chooseScript(path: string | null): void;
  chooseTemplate(file: string | null): void;
  chooseSession(id: SessionId | null): void;
  setInput(script: string, input: ScriptInput): void;
  inputOf(script: string): ScriptInput;
  /**
   * Runs the chosen script, or a selection of it, with the arguments and environment remembered for it, or `given`
   * ones. Throws when there is nothing to run, and `VALIDATION_ERROR` when its parameters are not given as it declares.
   */
  run(selection?: Selection, given?: GivenInput): Promise<Execution | undefined>;
  /**
   * Runs what an earlier execution ran, with its arguments and environment: in its session when that lives, else in a
   * new one of its template, else of its snapshot. `text` says whether the file of now runs or the text of then.
   */
  repeat(
    execution: Execution,
    snapshotSession: Session | null,
    text?: "now" | "then",
  ): Promise<Execution | undefined>;
  /** Runs REPL input in the chosen session; starts one when there is none. */
  evaluate(source: string): Promise<Execution | undefined>;
  /** Stops what runs in the chosen session; harmless when nothing runs. Gives the sentence that says what happened. */
  stop(): Promise<string | undefined>;
  /** A live session for the chosen template, started when needed. */
  ensureSession(): Promise<Session | undefined>;
  /** Starts a session of the chosen template and chooses it. */
  startSession(): Promise<Session | undefined>;
  /** Closes the chosen session and starts one with the template as it is now. */
  restartWithTemplate(id: SessionId): Promise<Session | undefined>;
  /** The execution that runs in the chosen session. */
  running(): ExecutionId | undefined;
  renamed(from: string, to: string): void;
}

const savedSchema = z.object({
  script: z.string().nullable(),
  template: z.string().nullable(),
  inputs: z.record(z.string(), z.object({ args: z.string(), env: z.record(z.string(), z.string()) })),
});
const KEY = "run";
const NO_INPUT: ScriptInput = { args: "", env: {} };

interface Parts {
  readonly client: Client;
  readonly persistence: Persistence;
  readonly documents: DocumentsConcern;
  readonly templates: TemplatesConcern;
  readonly sessions: SessionsConcern;
  readonly executions: ExecutionsConcern;
}

export function createRun({
  client,
  persistence,
  documents,
  templates,
  sessions,
  executions,
}: Parts): RunConcern {
  const store = createStore<RunState>(() => ({
    script: null,
    template: null,
    session: null,
    phase: { kind: "idle" },
    inputs: {},
    last: null,
  }));
  /** Counts starts: a start that was stopped meanwhile must not go on. */
  let attempt = 0;

  const keep = () =>
    persistence.save(KEY, () => {
      const { script, template, inputs } = store.getState();
      return { script, template, inputs: { ...inputs } };
    });
  const change = (partial: Partial<RunState>) => {
    store.setState(partial);
    keep();
  };

  // A session that ended can no longer be chosen.
  sessions.store.subscribe(({ sessions: all }) => {
    const { session } = store.getState();
    if (session === null) return;
    const chosen = all.find((candidate) => candidate.id === session);
    if (chosen === undefined || chosen.status === "closed") store.setState({ session: null });
  });
  executions.onEnded((execution) => {
    const { phase } = store.getState();
    if (phase.kind === "stopping" && phase.executionId === execution.id)
      store.setState({ phase: { kind: "idle" } });
  });

  const chosenSession = () => {
    const { session } = store.getState();
    return session === null ? undefined : sessions.get(session);
  };
  const running = () => chosenSession()?.busyWith;

  async function startSession(): Promise<Session | undefined> {
    const { template } = store.getState();
    const created = await sessions.create(template === null ? null : { file: template });
    store.setState({ session: created.id });
    const session = await sessions.settled(created.id);
    if (session?.status === "crashed") {
      const error = session.lastError;
      throw new WorkbenchError(
        "STARTUP_FAILED",
        error === undefined
          ? (session.reason ?? "The session could not start.")
          : `The session could not start: ${error.message}`,
      );
    }
    return session;
  }

  async function ensureSession(): Promise<Session | undefined> {
    const chosen = chosenSession();
    if (chosen === undefined || !isLive(chosen)) return startSession();
    return chosen.status === "starting" ? sessions.settled(chosen.id) : chosen;
  }

  async function execute(
    prepare: () => ExecutionRequest | Promise<ExecutionRequest>,
  ): Promise<Execution | undefined> {
    attempt += 1;
    const mine = attempt;
    // What ended before says nothing about this start, which may fail before there is an execution.
    store.setState({ phase: { kind: "starting", since: Date.now() }, last: null });
    try {
      const request = await prepare();
      if (mine !== attempt) return undefined;
      const session = await ensureSession();
      if (mine !== attempt || session === undefined || session.status !== "ready") return undefined;
      const { execution } = await client.request("executions.start", { sessionId: session.id, request });
      executions.put(execution);
      store.setState({ last: execution.id });
      // Stop came while main was starting it, when there was nothing yet that could be named.
      if (mine !== attempt) await client.request("executions.stop", { id: execution.id });
      return execution;
    } finally {
      if (mine === attempt && store.getState().phase.kind === "starting")
        store.setState({ phase: { kind: "idle" } });
    }
  }

  const inputOf = (script: string) => store.getState().inputs[script] ?? NO_INPUT;

  /** What is remembered for a script, as it declares its parameters now. */
  async function rememberedInput(script: string): Promise<GivenInput> {
    const { args, env } = inputOf(script);
    const declaration = await readDeclaration(client, documents, script);
    const remembered =
      declaration.parameters.length > 0
        ? rememberedArguments(declaration.parameters, args)
        : args.trim() === ""
          ? undefined
          : parseArgs(args);
    const settled = argumentsFor(script, declaration, remembered);
    return {
      ...(settled === undefined ? {} : { args: settled }),
      ...(Object.keys(env).length === 0 ? {} : { env: { ...env } }),
    };
  }

  return {
    store,
    running,
    ensureSession,
    startSession,
    inputOf,
    async load() {
      const saved = await persistence.load(KEY, savedSchema);
      store.setState(saved ?? { script: null, template: null, inputs: {} });
      const { template } = store.getState();
      const usable = templates.store.getState().templates.filter((entry) => entry.template !== undefined);
      if (template !== null && usable.some((entry) => entry.file === template)) return;
      store.setState({
        template: saved !== undefined && saved.template === null ? null : (usable[0]?.file ?? null),
      });
    },
    chooseScript: (script) => change({ script }),
    chooseTemplate(template) {
      const chosen = chosenSession();
      const id = template === null ? undefined : templates.get(template)?.template?.id;
      const fits = chosen !== undefined && chosen.template.id === id;
      change({ template, ...(fits ? {} : { session: null }) });
    },
    chooseSession(session) {
      const chosen = session === null ? undefined : sessions.get(session);
      const entry = chosen === undefined ? undefined : templates.byId(chosen.template.id);
      change({ session, ...(entry === undefined ? {} : { template: entry.file }) });
    },
    setInput(script, input) {
      change({ inputs: { ...store.getState().inputs, [script]: input } });
    },
    async run(selection, given) {
      const { script } = store.getState();
      if (script === null)
        throw new WorkbenchError(
          "INVALID_REQUEST",
          "Choose a script to run: open one from the Files view or in the run bar.",
        );
      return execute(async () => {
        const input = given ?? (await rememberedInput(script));
        const document = documents.get(script);
        const unsaved = document !== undefined && isDirty(document) ? { source: document.text } : {};
        return { kind: "runFile", path: script, ...(selection ?? unsaved), ...input };
      });
    },
    async repeat(execution, snapshotSession, text = "now") {
      const own = sessions.get(execution.sessionId);
      const templateId = (own ?? snapshotSession)?.template.id;
      const entry =
        templateId === undefined
          ? templates.store.getState().templates.find((each) => each.name === execution.templateName)
          : templates.byId(templateId);
      if (own !== undefined && isLive(own)) store.setState({ session: own.id });
      else if (entry?.template !== undefined) change({ template: entry.file, session: null });
      else if (own !== undefined) store.setState({ session: (await sessions.restart(own.id)).id });
      else store.setState({ session: null });
      const { path, source } = execution;
      const input = inputOfExecution(execution);
      if (execution.kind === "repl" || path === undefined)
        return execute(() => ({ kind: "repl", source, ...input }));
      return execute(() => ({ kind: "runFile", path, ...(text === "then" ? { source } : {}), ...input }));
    },
    evaluate: (source) => execute(() => ({ kind: "repl", source })),
    async stop() {
      attempt += 1;
      const id = running();
      if (id === undefined) {
        const starting = chosenSession();
        store.setState({ phase: { kind: "idle" } });
        // Startup files run before any execution can be named: closing the session stops them.
        if (starting?.status === "starting") await sessions.close(starting.id);
        return undefined;
      }
      store.setState({ phase: { kind: "stopping", executionId: id } });
      try {
        return (await client.request("executions.stop", { id })).message;
      } finally {
        store.setState({ phase: { kind: "idle" } });
      }
    },
    async restartWithTemplate(id) {
      const old = sessions.get(id);
      const entry = old === undefined ? undefined : templates.byId(old.template.id);
      await sessions.close(id);
      if (entry !== undefined) store.setState({ template: entry.file });
      return startSession();
    },
    renamed(from, to) {
      const { script, inputs } = store.getState();
      change({
        script: script === null ? null : renamedPath(script, from, to),
        inputs: Object.fromEntries(
          Object.entries(inputs).map(([path, input]) => [renamedPath(path, from, to), input]),
        ),
      });
    },
  };
}

/** What an execution was given. */
export const inputOfExecution = ({ args, env }: Execution): GivenInput => ({
  ...(args === undefined ? {} : { args }),
  ...(env === undefined ? {} : { env }),
});

/** Arguments as the form holds them: JSON. Throws a sentence about what is wrong. */
export function parseArgs(text: string): Json {
  try {
    return z.json().parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError(
      "VALIDATION_ERROR",
      `The arguments are not JSON: ${reason}. Write for example {"days": 7} or [1, 2].`,
    );
  }
}
