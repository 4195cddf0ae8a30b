import type { IpcHandlers } from "../router";
import { appHandlers } from "./app-handlers";
import type { HandlerContext } from "./context";
import { modulesHandlers } from "./modules-handlers";
import { parametersHandlers } from "./parameters-handlers";
import { sessionsHandlers } from "./sessions-handlers";
import { templatesHandlers } from "./templates-handlers";
import { workspaceHandlers } from "./workspace-handlers";

/** One handler for every request of the contract; leaving one out does not compile. */
export function createHandlers(context: HandlerContext): IpcHandlers {
  return {
    ...appHandlers(context),
    ...workspaceHandlers(context),
    ...templatesHandlers(context),
    ...modulesHandlers(context),
    ...parametersHandlers(context),
    ...sessionsHandlers(context),
  };
}
