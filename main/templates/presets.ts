import { type Template, type TemplateInput, templateSchema } from "../../shared/model/template";
import { implicitId } from "./parse";

/** A starting point for a new template. What it permits is in its policy, nowhere else. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly policy: Pick<TemplateInput, "description" | "modules" | "libraries" | "limits">;
}

/** Built-in starting points; a test proves that each is a valid template. */
export const PRESETS: readonly Preset[] = [
  {
    id: "plain",
    title: "Plain",
    summary: "JavaScript only: no modules, no files, no network.",
    policy: { description: "JavaScript only: no modules." },
  },
  {
    id: "data-report",
    title: "Data report",
    summary: "Reads data files, computes, and writes a report.",
    policy: {
      description: "Reads files in data, computes with YAML and CSV, and writes reports to out.",
      modules: {
        fs: {
          roots: [
            { path: "data", access: "read" },
            { path: "out", access: "read-write" },
          ],
        },
        path: {},
        yaml: {},
        csv: {},
      },
      libraries: ["lodash"],
      limits: { cpuMs: 10_000, wallMs: 30_000, memoryMb: 256 },
    },
  },
  {
    id: "files",
    title: "Files",
    summary: "Reads and writes files anywhere in the workspace.",
    policy: {
      description: "Reads and writes files of the workspace.",
      modules: { fs: { roots: [{ path: ".", access: "read-write" }] }, path: {} },
    },
  },
  {
    id: "database",
    title: "Database",
    summary: "Works with one SQLite file of the workspace.",
    policy: {
      description: "Works with the SQLite database data/app.db.",
      modules: { database: { files: ["data/app.db"] } },
      limits: { cpuMs: 10_000, wallMs: 30_000 },
    },
  },
  {
    id: "commands",
    title: "Commands",
    summary: "Runs the commands that it lists; git, to begin with.",
    policy: {
      description: "Runs git.",
      modules: { exec: { commands: ["git"] }, path: {} },
      limits: { wallMs: 60_000 },
    },
  },
  {
    id: "web-fetch",
    title: "Web fetch",
    summary: "Fetches from the web origins that it lists; none, to begin with.",
    policy: {
      description: "Fetches from the origins listed under Modules › fetch.",
      modules: { fetch: { origins: [] }, url: {} },
      limits: { wallMs: 60_000 },
    },
  },
];

/** The whole template that a preset starts with, under its title. */
export function presetTemplate(preset: Preset): Template {
  return templateSchema.parse({ ...preset.policy, id: implicitId(preset.id), name: preset.title });
}
