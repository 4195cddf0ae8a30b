import { describeLibraries } from "../../libraries/catalogue";
import { decideModule } from "../../modules/policy";
import { typingsFor } from "../../modules/typings";
import { moduleEffects } from "../../templates/effects";
import { remarksOnModule } from "../../templates/lint";
import type { IpcHandlers } from "../router";
import type { HandlerContext } from "./context";

type ModulesHandlers = Pick<
  IpcHandlers,
  Extract<keyof IpcHandlers, `${"modules" | "libraries" | "typings"}.${string}`>
>;

/** The registry and the library catalogue, as the picker, the forms and the editor read them. */
export function modulesHandlers({ current }: HandlerContext): ModulesHandlers {
  const registry = () => current.workbench().templates.rules.registry;
  return {
    "modules.list": () => ({ modules: [...registry().describe()] }),
    "modules.describe": ({ module, config, beside }) => {
      const decision = decideModule(module, config, registry());
      if (!decision.allowed) {
        const problems = decision.problems.map(({ path, error }) => ({
          path: path.slice(1),
          message: error.message,
        }));
        return { effects: [], remarks: [], problems };
      }
      const { name, config: complete } = decision.module;
      return {
        effects: moduleEffects(name, complete, registry()),
        remarks: remarksOnModule(name, complete, beside, registry()),
        problems: [],
      };
    },
    "libraries.list": () => ({ libraries: describeLibraries() }),
    "typings.forTemplate": async ({ template }) => {
      const { templates } = current.workbench();
      return { files: typingsFor((await templates.resolve(template)).template, templates.rules) };
    },
  };
}
