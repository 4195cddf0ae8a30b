import { WorkbenchError } from "../../../shared/model/error";
import { checkReplInput } from "../../vm/repl/check-input";
import type { IpcHandlers } from "../router";
import type { HandlerContext } from "./context";

type SessionsHandlers = Pick<
  IpcHandlers,
  Extract<keyof IpcHandlers, `${"sessions" | "executions" | "values" | "repl"}.${string}`>
>;

/** Live sessions, their executions and what the history keeps of them. */
export function sessionsHandlers({ current }: HandlerContext): SessionsHandlers {
  const sessions = () => current.workbench().sessions;
  const history = () => current.workbench().history;
  return {
    "sessions.list": () => ({ sessions: sessions().list() }),
    "sessions.create": async ({ template, name }) => {
      const workbench = current.workbench();
      const { template: snapshot, unsaved } =
        template === null
          ? { template: workbench.defaultTemplate(), unsaved: false }
          : await workbench.templates.resolve(template);
      const options = {
        ...(name === undefined ? {} : { name }),
        ...(unsaved ? { unsavedTemplate: true } : {}),
      };
      return { session: workbench.sessions.create(snapshot, options).session };
    },
    "sessions.close": async ({ id }) => ({ session: await sessions().close(id) }),
    "sessions.restart": ({ id }) => ({ session: sessions().restart(id).session }),
    "sessions.delete": async ({ id }) => {
      await sessions().delete(id);
      return {};
    },
    "executions.start": ({ sessionId, request }) => ({
      execution: sessions().execute(sessionId, request).execution,
    }),
    "executions.stop": ({ id }) => sessions().stop(id),
    "executions.list": (filter) => ({ executions: history().listExecutions(filter) }),
    "executions.get": ({ id }) => {
      const execution = history().getExecution(id);
      if (execution === undefined)
        throw new WorkbenchError("EXECUTION_NOT_FOUND", "This execution is not in the history any more.", {
          id,
        });
      return { execution, session: history().getSession(execution.sessionId) ?? null };
    },
    "executions.events": ({ id, after, limit }) => history().events(id, after, limit),
    "executions.searchEvents": ({ id, text, after, limit }) => history().searchEvents(id, text, after, limit),
    "executions.delete": ({ ids }) => {
      history().deleteExecutions(ids);
      return {};
    },
    "values.expand": async ({ sessionId, objectId, start, count }) => ({
      properties: await sessions().expand(sessionId, objectId, start, count),
    }),
    "values.invokeGetter": async ({ sessionId, objectId, name }) => ({
      value: await sessions().invokeGetter(sessionId, objectId, name),
    }),
    "values.release": async ({ sessionId, objectIds }) => {
      await sessions().release(sessionId, objectIds);
      return {};
    },
    "repl.complete": ({ sessionId, source, cursor }) => sessions().complete(sessionId, source, cursor),
    "repl.check": ({ source }) => checkReplInput(source),
  };
}
