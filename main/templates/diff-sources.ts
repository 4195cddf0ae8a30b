import type { PolicyChange, TemplateDiff, TemplateRef } from "../../shared/ipc/templates";
import type { Template } from "../../shared/model/template";
import { diffPolicies } from "./diff";
import { templateEffects } from "./effects";
import { parseTemplate } from "./parse";
import type { TemplateRules } from "./rules";
import type { TemplateStore } from "./store";

/** Compares two template texts as policies, in words, and as texts. A broken one permits nothing. */
export function diffSources(before: string, after: string, rules: TemplateRules): TemplateDiff {
  const old = parseTemplate(before, rules, "same").template;
  const now = parseTemplate(after, rules, "same").template;
  return { changes: policyChanges(old, now, rules), before, after, identical: before === after };
}

/** Compares what two references mean. Throws `TEMPLATE_NOT_FOUND`. */
export async function diffTemplates(
  before: TemplateRef,
  after: TemplateRef,
  store: TemplateStore,
): Promise<TemplateDiff> {
  return diffSources(await sourceOf(before, store), await sourceOf(after, store), store.rules);
}

async function sourceOf(ref: TemplateRef, store: TemplateStore): Promise<string> {
  return "source" in ref ? ref.source : (await store.get(ref.file)).source;
}

/** Changes between two policies, one of which may be missing or broken. */
export function policyChanges(
  old: Template | undefined,
  now: Template | undefined,
  rules: TemplateRules,
): PolicyChange[] {
  if (old !== undefined && now !== undefined) return diffPolicies(old, now, rules.registry);
  const all = (template: Template, kind: PolicyChange["kind"], words: string) =>
    templateEffects(template, rules.registry).map((effect) => ({
      kind,
      path: [],
      text: `${words} ${effect}`,
    }));
  if (now !== undefined) return all(now, "widens", "now may");
  return old === undefined ? [] : all(old, "narrows", "may no longer");
}
