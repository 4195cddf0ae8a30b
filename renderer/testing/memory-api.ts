import type { IpcInput, IpcOutput, IpcRequestName, WorkbenchApi } from "../../shared/ipc/contract";
import type { IpcEventName, IpcEventPayload } from "../../shared/ipc/events";
import { settingsSchema } from "../../shared/ipc/app";
import type { TemplateEntry } from "../../shared/ipc/templates";
import type { FileEntry } from "../../shared/ipc/workspace";
import { serializeError, WorkbenchError } from "../../shared/model/error";
import type { ExecutionEvent } from "../../shared/model/event";
import { executionSchema, type Execution } from "../../shared/model/execution";
import { sessionSchema, type Session } from "../../shared/model/session";
import { templateSchema, type Template } from "../../shared/model/template";

type Handlers = {
  [Name in IpcRequestName]?: (input: IpcInput<Name>) => IpcOutput<Name> | Promise<IpcOutput<Name>>;
};

/** Main as the window sees it, in memory: files, kept state, templates, and sessions that a test drives by hand. */
export interface MemoryApi extends WorkbenchApi {
  readonly files: Map<string, string>;
  readonly state: Map<string, unknown>;
  readonly templates: TemplateEntry[];
  readonly sessions: Session[];
  readonly executions: Execution[];
  /** Every request that was made, in order. */
  readonly calls: { readonly name: IpcRequestName; readonly input: unknown }[];
  /** Answers a request in another way. */
  answer<Name extends IpcRequestName>(name: Name, handler: NonNullable<Handlers[Name]>): void;
  emit<Name extends IpcEventName>(name: Name, payload: IpcEventPayload<Name>): void;
  /** Somebody else changes a file. */
  writeOnDisk(path: string, text: string | undefined): void;
  events(execution: Execution, events: readonly ExecutionEvent[]): void;
  finish(execution: Execution, change: Partial<Execution>): Execution;
}

/** Not SHA-256, but as good for telling two texts apart. */
export const hashOf = (text: string): string => `hash:${text}`;

const uuid = (): `${string}-${string}-${string}-${string}-${string}` => crypto.randomUUID();

/** A complete template for tests. */
export const makeTemplate = (name: string, modules: Template["modules"] = {}): Template =>
  templateSchema.parse({ id: uuid(), name, modules });

export const makeEntry = (template: Template): TemplateEntry => ({
  file: `${template.name.toLowerCase().replaceAll(" ", "-")}.template.json`,
  state: "ok",
  name: template.name,
  template,
  source: JSON.stringify(template),
  hash: hashOf(JSON.stringify(template)),
  mtimeMs: 0,
  readOnly: false,
  problems: [],
  effects: [],
});

/** An execution of `a.js` that runs, or what `change` makes of it. */
export const makeExecution = (change: Partial<Execution> = {}): Execution =>
  executionSchema.parse({
    id: uuid(),
    sessionId: uuid(),
    kind: "runFile",
    status: "running",
    path: "a.js",
    source: "",
    startedAt: 0,
    ...change,
  });

/** The workbench's main process in memory, with these files and templates. */
export function createMemoryApi({
  files = {},
  templates = [],
}: { files?: Record<string, string>; templates?: Template[] } = {}): MemoryApi {
  const listeners = new Map<IpcEventName, Set<(payload: never) => void>>();
  const overrides: Handlers = {};

  const api: MemoryApi = {
    files: new Map(Object.entries(files)),
    state: new Map(),
    templates: templates.map(makeEntry),
    sessions: [],
    executions: [],
    calls: [],
    answer(name, handler) {
      Object.assign(overrides, { [name]: handler });
    },
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
    writeOnDisk(path, text) {
      if (text === undefined) api.files.delete(path);
      else api.files.set(path, text);
      api.emit("files.changed", {
        folders: [path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ""],
        files: [path],
      });
    },
    events(execution, events) {
      api.emit("execution.events", {
        sessionId: execution.sessionId,
        executionId: execution.id,
        events: [...events],
      });
    },
    finish(execution, change) {
      const ended = executionSchema.parse({
        ...execution,
        status: "ok",
        endedAt: execution.startedAt + 5,
        ...change,
      });
      const session = api.sessions.find((candidate) => candidate.id === execution.sessionId);
      if (session !== undefined) changeSession(session, { busyWith: undefined });
      api.emit("execution.changed", { execution: ended });
      return ended;
    },
    async request(name, input) {
      api.calls.push({ name, input });
      try {
        const handler = overrides[name] ?? handlers[name];
        if (handler === undefined) throw new Error(`The memory API does not answer ${name}.`);
        return { ok: true, value: structuredClone(await handler(input)) };
      } catch (error) {
        return { ok: false, error: serializeError(error) };
      }
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };

  function changeTemplate(file: string, change: (template: Template) => Template): { entry: TemplateEntry } {
    const index = api.templates.findIndex((entry) => entry.file === file);
    const template = api.templates[index]?.template;
    if (template === undefined) throw new WorkbenchError("TEMPLATE_NOT_FOUND", "There is no such template.");
    const entry = makeEntry(change(template));
    api.templates.splice(index, 1, entry);
    return { entry };
  }

  function changeSession(
    session: Session,
    change: { [Key in keyof Session]?: Session[Key] | undefined },
  ): Session {
    const merged = Object.fromEntries(
      Object.entries({ ...session, ...change }).filter(([, value]) => value !== undefined),
    );
    const next = sessionSchema.parse(merged);
    api.sessions.splice(api.sessions.indexOf(session), 1, next);
    api.emit("session.changed", { session: next });
    return next;
  }

  const read = (path: string) => {
    const content = api.files.get(path);
    if (content === undefined) throw new WorkbenchError("FILE_NOT_FOUND", `There is no file ${path}.`);
    return { path, content, hash: hashOf(content), mtimeMs: 0 };
  };

  const findSession = (id: string): Session => {
    const session = api.sessions.find((candidate) => candidate.id === id);
    if (session === undefined) throw new WorkbenchError("SESSION_NOT_FOUND", "There is no such session.");
    return session;
  };

  const handlers: Handlers = {
    "app.info": () => ({
      version: "0",
      electron: "0",
      node: "0",
      platform: "linux",
      safeMode: false,
      notices: [],
    }),
    "app.getSettings": () => settingsSchema.parse({}),
    "app.setSettings": (change) => settingsSchema.parse(change),
    "app.getState": ({ key }) => ({ value: (api.state.get(key) ?? null) as never }),
    "app.setState": ({ key, value }) => {
      api.state.set(key, structuredClone(value));
      return {};
    },
    "app.copyText": () => ({}),
    "workspace.get": () => ({
      workspace: { root: "/w", name: "Work", sample: false, readOnly: false, git: false },
    }),
    "workspace.recent": () => ({ roots: [] }),
    "files.list": ({ path }) => ({ entries: childrenOf(path, [...api.files.keys()]) }),
    "files.all": () => ({ paths: [...api.files.keys()].sort(), truncated: false }),
    "files.read": ({ path }) => read(path),
    "files.write": ({ path, content, expectedHash }) => {
      const before = api.files.get(path);
      const found = before === undefined ? null : hashOf(before);
      if (expectedHash !== undefined && expectedHash !== found) {
        throw new WorkbenchError("FILE_CONFLICT", `${path} changed on disk.`);
      }
      api.files.set(path, content);
      return { hash: hashOf(content), mtimeMs: 0 };
    },
    "files.rename": ({ from, to }) => {
      const content = read(from).content;
      api.files.delete(from);
      api.files.set(to, content);
      return { updated: [] };
    },
    "files.trash": ({ path }) => {
      const { content } = read(path);
      api.files.delete(path);
      return { undoToken: JSON.stringify([path, content]) };
    },
    "files.undoTrash": ({ undoToken }) => {
      const [path = "", content = ""] = JSON.parse(undoToken) as string[];
      api.files.set(path, content);
      return { path };
    },
    "templates.list": () => ({ templates: api.templates }),
    "templates.create": ({ name }) => {
      const entry = makeEntry(makeTemplate(name));
      api.templates.push(entry);
      return { entry };
    },
    "templates.addModule": ({ file, module, config }) =>
      changeTemplate(file, (template) => ({
        ...template,
        modules: { ...template.modules, [module]: config ?? {} },
      })),
    "templates.addLibrary": ({ file, library }) =>
      changeTemplate(file, (template) => ({ ...template, libraries: [...template.libraries, library] })),
    "modules.list": () => ({ modules: [] }),
    "parameters.read": () => ({ declaration: { description: "", parameters: [], problems: [] } }),
    "libraries.list": () => ({ libraries: [] }),
    "sessions.list": () => ({ sessions: api.sessions }),
    "sessions.create": ({ template: ref }) => {
      const file = ref !== null && "file" in ref ? ref.file : undefined;
      const template =
        api.templates.find((entry) => entry.file === file)?.template ?? makeTemplate("No template");
      const session = sessionSchema.parse({
        id: uuid(),
        name: `${template.name} ${api.sessions.length + 1}`,
        status: "ready",
        template,
        createdAt: Date.now() + api.sessions.length,
      });
      api.sessions.push(session);
      return { session };
    },
    "sessions.close": ({ id }) => ({
      session: changeSession(findSession(id), { status: "closed", reason: "Closed." }),
    }),
    "executions.start": ({ sessionId, request }) => {
      const execution = executionSchema.parse({
        id: uuid(),
        sessionId,
        kind: request.kind,
        status: "running",
        source: request.source ?? "",
        ...(request.kind === "runFile" ? { path: request.path } : {}),
        ...(request.args === undefined ? {} : { args: request.args }),
        ...(request.env === undefined ? {} : { env: request.env }),
        startedAt: Date.now(),
      });
      api.executions.push(execution);
      changeSession(findSession(sessionId), { busyWith: execution.id });
      api.emit("execution.changed", { execution });
      return { execution };
    },
    "executions.stop": () => ({ outcome: "interrupted", message: "Stopped; the session keeps its state." }),
    "executions.list": () => ({ executions: api.executions }),
    "executions.events": () => ({ events: [], total: 0 }),
    "executions.searchEvents": ({ after = 0 }) => ({
      hits: { debug: [], log: [], info: [], warn: [], error: [] },
      through: after,
    }),
    "typings.forTemplate": () => ({ files: [] }),
    "repl.check": () => ({ state: "complete" }),
  };
  return api;
}

function childrenOf(folder: string, paths: readonly string[]): FileEntry[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  const entries = new Map<string, FileEntry>();
  for (const path of paths.filter((candidate) => candidate.startsWith(prefix))) {
    const [name = "", ...rest] = path.slice(prefix.length).split("/");
    entries.set(name, { path: prefix + name, name, kind: rest.length > 0 ? "folder" : "file" });
  }
  return [...entries.values()].sort((a, b) =>
    a.kind === b.kind ? a.name.localeCompare(b.name) : a.kind === "folder" ? -1 : 1,
  );
}
