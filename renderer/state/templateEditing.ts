import { createStore, type StoreApi } from "zustand/vanilla";
import type { IpcOutput } from "../../shared/ipc/contract";
import { WorkbenchError } from "../../shared/model/error";
import type { Client } from "./client";
import type { DocumentsConcern, WriteDocument } from "./documents";
import { changeJson, type JsonChange } from "../../shared/model/json-change";
import { smallestEdit, type TextEdit } from "./jsonText";
import type { TemplatesConcern } from "./templates";

/** What main says about a template text that may not be saved. */
export interface TemplateCheck extends IpcOutput<"templates.check"> {
  /** The text that was checked; the editor may hold a newer one. */
  readonly text: string;
}
export type TemplateSuggestions = IpcOutput<"templates.suggest">;

export const TEMPLATE_FACES = ["form", "both", "source"] as const;
export type TemplateFace = (typeof TEMPLATE_FACES)[number];

export interface TemplateEditingState {
  /** By template file. */
  readonly checks: Readonly<Record<string, TemplateCheck>>;
  readonly suggestions: Readonly<Record<string, TemplateSuggestions>>;
  readonly faces: Readonly<Record<string, TemplateFace>>;
  /** Whether there is something to undo or redo. */
  readonly history: Readonly<Record<string, { readonly canUndo: boolean; readonly canRedo: boolean }>>;
}

/** The text of a template where it is edited: Monaco's model, whose one undo stack covers form and source. */
export interface TextBuffer {
  /** Applies an edit; `isNewStep` begins a new step of the undo history. */
  apply(edit: TextEdit, isNewStep: boolean): void;
  undo(): void;
  redo(): void;
}

/**
 * Editing of templates. The source text is the single truth: the form changes it by minimal edits, checks read it,
 * and the document store keeps it, with drafts and conflicts as for every file.
 */
export interface TemplateEditingConcern {
  readonly store: StoreApi<TemplateEditingState>;
  /** Opens the template's document and keeps it checked until the given function is called. */
  watch(file: string): () => void;
  /** Changes the text; changes with the same `step` that follow each other quickly are undone together. */
  change(file: string, changes: readonly JsonChange[], step?: string): void;
  undo(file: string): void;
  redo(file: string): void;
  attach(file: string, buffer: TextBuffer): () => void;
  historyChanged(file: string, history: { canUndo: boolean; canRedo: boolean }): void;
  showFace(file: string, face: TemplateFace): void;
  /** Stores the text when it validates. Throws what is wrong with it; `conflict` when the disk holds another one. */
  save(file: string): Promise<"saved" | "conflict">;
  /** Decides a conflict as the user said. */
  resolve(file: string, keep: "mine" | "theirs"): Promise<void>;
  /** The text of the editor, or of the disk when it is not open. */
  textOf(file: string): string | undefined;
}

/** Workspace-relative path of a template file. */
export const templatePath = (file: string): string => `templates/${file}`;

const CHECK_DELAY_MS = 120;
const SUGGEST_DELAY_MS = 600;
/** Typing in one field is one step of the undo history until it pauses this long. */
const STEP_PAUSE_MS = 1200;

interface Parts {
  readonly client: Client;
  readonly documents: DocumentsConcern;
  readonly templates: TemplatesConcern;
  /** Tells the user what went wrong in the background. */
  readonly fail: (error: unknown) => void;
}

export function createTemplateEditing({ client, documents, templates, fail }: Parts): TemplateEditingConcern {
  const store = createStore<TemplateEditingState>(() => ({
    checks: {},
    suggestions: {},
    faces: {},
    history: {},
  }));
  const buffers = new Map<string, TextBuffer>();
  const watched = new Map<string, Watch>();
  const lastSteps = new Map<string, { step: string; at: number }>();

  /** Keeps one document's check up to date: the newest text wins, answers about older ones are dropped. */
  class Watch {
    users = 0;
    #text: string | undefined;
    #checkTimer: ReturnType<typeof setTimeout> | undefined;
    #suggestTimer: ReturnType<typeof setTimeout> | undefined;

    constructor(readonly file: string) {}

    textChanged(text: string, delay = CHECK_DELAY_MS): void {
      if (text === this.#text) return;
      this.#text = text;
      clearTimeout(this.#checkTimer);
      clearTimeout(this.#suggestTimer);
      this.#checkTimer = setTimeout(() => void this.#check(text).catch(fail), delay);
      this.#suggestTimer = setTimeout(() => void this.#suggest(text), delay + SUGGEST_DELAY_MS);
    }

    end(): void {
      clearTimeout(this.#checkTimer);
      clearTimeout(this.#suggestTimer);
      this.#text = undefined;
    }

    async #check(text: string): Promise<void> {
      const check = await client.request("templates.check", { source: text, file: this.file });
      if (text !== this.#text) return;
      store.setState(({ checks }) => ({ checks: { ...checks, [this.file]: { ...check, text } } }));
    }

    async #suggest(text: string): Promise<void> {
      try {
        const found = await client.request("templates.suggest", { source: text });
        if (text !== this.#text) return;
        store.setState(({ suggestions }) => ({ suggestions: { ...suggestions, [this.file]: found } }));
      } catch {
        // A text that is not a template yet has no suggestions; its problems are shown by the check.
        store.setState(({ suggestions }) => ({
          suggestions: { ...suggestions, [this.file]: { missing: [], unused: [] } },
        }));
      }
    }
  }

  const textIn = (file: string): string | undefined => {
    const document = documents.get(templatePath(file));
    return document === undefined || document.state === "loading" || document.state === "failed"
      ? undefined
      : document.text;
  };
  documents.store.subscribe(() => {
    for (const [file, watch] of watched) {
      const text = textIn(file);
      if (text !== undefined) watch.textChanged(text);
    }
  });

  const write =
    (file: string): WriteDocument =>
    async (source, expectedHash) => {
      const { entry } = await client.request("templates.save", {
        file,
        source,
        expectedHash: expectedHash ?? "",
      });
      return { hash: entry.hash };
    };

  return {
    store,
    watch(file) {
      const watch = watched.get(file) ?? new Watch(file);
      watched.set(file, watch);
      watch.users += 1;
      void documents
        .open(templatePath(file))
        .then(() => {
          const text = textIn(file);
          if (text !== undefined && watched.get(file) === watch) watch.textChanged(text, 0);
        })
        .catch(fail);
      let isWatching = true;
      return () => {
        if (!isWatching) return;
        isWatching = false;
        watch.users -= 1;
        if (watch.users > 0) return;
        watch.end();
        watched.delete(file);
      };
    },
    change(file, changes, step = "") {
      const text = textIn(file);
      if (text === undefined) return;
      const next = changeJson(text, changes);
      const edit = smallestEdit(text, next);
      if (edit === undefined) return;
      const last = lastSteps.get(file);
      const now = Date.now();
      const isSameStep =
        step !== "" && last !== undefined && last.step === step && now - last.at < STEP_PAUSE_MS;
      lastSteps.set(file, { step, at: now });
      const buffer = buffers.get(file);
      if (buffer === undefined) documents.edit(templatePath(file), next);
      else buffer.apply(edit, !isSameStep);
    },
    undo(file) {
      lastSteps.delete(file);
      buffers.get(file)?.undo();
    },
    redo(file) {
      lastSteps.delete(file);
      buffers.get(file)?.redo();
    },
    attach(file, buffer) {
      buffers.set(file, buffer);
      return () => {
        if (buffers.get(file) === buffer) buffers.delete(file);
      };
    },
    historyChanged(file, next) {
      const known = store.getState().history[file];
      if (known?.canUndo === next.canUndo && known.canRedo === next.canRedo) return;
      store.setState(({ history }) => ({ history: { ...history, [file]: next } }));
    },
    showFace: (file, face) => store.setState(({ faces }) => ({ faces: { ...faces, [file]: face } })),
    async save(file) {
      const document = documents.get(templatePath(file));
      if (document === undefined) {
        throw new WorkbenchError("TEMPLATE_NOT_FOUND", `The template ${file} is not open.`, { file });
      }
      try {
        const outcome = await documents.save(templatePath(file), write(file));
        if (outcome === "saved") await templates.load();
        return outcome;
      } catch (error) {
        // A file that was made read-only meanwhile tells nobody: the list says so from now on.
        if (error instanceof WorkbenchError && error.code === "PERMISSION_DENIED") await templates.load();
        throw error;
      }
    },
    async resolve(file, keep) {
      await documents.resolve(templatePath(file), keep, write(file));
      await templates.load();
    },
    textOf: (file) => textIn(file) ?? templates.get(file)?.source,
  };
}
