import { workspaceModulesStamp, workspaceRegistry } from "../modules/workspace-modules";
import type { TemplateRules } from "./rules";

/**
 * Gives the rules of one workspace: the application's modules, its own from `modules/`, and the libraries. The object
 * is the same until the workspace's modules change.
 */
export function workspaceRules(
  workspaceRoot: string,
  libraries: () => readonly string[],
): () => TemplateRules {
  let stamp: string | undefined;
  let rules: TemplateRules | undefined;
  return () => {
    const now = workspaceModulesStamp(workspaceRoot);
    if (rules === undefined || now !== stamp) {
      stamp = now;
      rules = { registry: workspaceRegistry(workspaceRoot), libraries: libraries() };
    }
    return rules;
  };
}
