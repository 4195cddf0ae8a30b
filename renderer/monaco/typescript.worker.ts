import { initialize } from "monaco-editor/internal/common/initialize";
import { TypeScriptWorker } from "monaco-editor/languages/features/typescript/tsWorker";
import type ts from "typescript";
import { argumentsAtEnd, argumentTypesFile, scriptOfArgumentTypes } from "./argumentTypes";

/**
 * Monaco's language service for scripts, which knows two things more: a script that declares parameters has an `args` of
 * its own type, and the definition of a name that `module.exports = { name }` hands on is where it comes from.
 *
 * Extra libraries are global to Monaco. So the type of `args` is told by a declaration after the script's own text, which
 * this class hides from everybody who asks for places.
 */
class ScriptWorker extends TypeScriptWorker {
  override _getScriptText(fileName: string): string | undefined {
    const text = super._getScriptText(fileName);
    return text === undefined || !this.#declares(fileName) ? text : text + argumentsAtEnd(fileName);
  }

  override getScriptVersion(fileName: string): string {
    const version = super.getScriptVersion(fileName);
    return this.#declares(fileName) ? `${version}+args` : version;
  }

  override async getSyntacticDiagnostics(fileName: string): Promise<ts.Diagnostic[]> {
    // What is open at the end, such as a bracket, is noticed after it.
    const end = this.#lengthOf(fileName);
    return (await super.getSyntacticDiagnostics(fileName)).map((diagnostic) => ({
      ...diagnostic,
      start: Math.min(diagnostic.start ?? 0, end),
    }));
  }

  override async getSemanticDiagnostics(fileName: string): Promise<ts.Diagnostic[]> {
    return this.#inScript(fileName, await super.getSemanticDiagnostics(fileName), ({ start }) => start);
  }

  override async getSuggestionDiagnostics(fileName: string): Promise<ts.Diagnostic[]> {
    return this.#inScript(fileName, await super.getSuggestionDiagnostics(fileName), ({ start }) => start);
  }

  override async getDefinitionAtPosition(
    fileName: string,
    position: number,
  ): Promise<readonly ts.DefinitionInfo[] | undefined> {
    const found = await super.getDefinitionAtPosition(fileName, position);
    return found
      ?.flatMap((definition) => this.#origin(definition))
      .map((definition) => this.#declared(definition));
  }

  override async getReferencesAtPosition(
    fileName: string,
    position: number,
  ): Promise<ts.ReferenceEntry[] | undefined> {
    return this.#visible(await super.getReferencesAtPosition(fileName, position));
  }

  override async getDocumentHighlights(
    fileName: string,
    position: number,
    filesToSearch: string[],
  ): Promise<ts.DocumentHighlights[] | undefined> {
    const found = await super.getDocumentHighlights(fileName, position, filesToSearch);
    return found?.map((one) => ({
      ...one,
      highlightSpans: this.#inScript(one.fileName, one.highlightSpans, ({ textSpan }) => textSpan.start),
    }));
  }

  override async getNavigationTree(fileName: string): Promise<ts.NavigationTree | undefined> {
    const tree = await super.getNavigationTree(fileName);
    if (tree?.childItems === undefined) return tree;
    return { ...tree, childItems: this.#inScript(fileName, tree.childItems, ({ spans }) => spans[0]?.start) };
  }

  override async getFormattingEditsForDocument(
    fileName: string,
    options: ts.FormatCodeOptions,
  ): Promise<ts.TextChange[]> {
    return this.#edits(fileName, await super.getFormattingEditsForDocument(fileName, options));
  }

  override async getFormattingEditsForRange(
    fileName: string,
    start: number,
    end: number,
    options: ts.FormatCodeOptions,
  ): Promise<ts.TextChange[]> {
    return this.#edits(fileName, await super.getFormattingEditsForRange(fileName, start, end, options));
  }

  override async getFormattingEditsAfterKeystroke(
    fileName: string,
    position: number,
    key: string,
    options: ts.FormatCodeOptions,
  ): Promise<ts.TextChange[]> {
    return this.#edits(
      fileName,
      await super.getFormattingEditsAfterKeystroke(fileName, position, key, options),
    );
  }

  override async findRenameLocations(
    fileName: string,
    position: number,
    findInStrings: boolean,
    findInComments: boolean,
    providePrefixAndSuffixTextForRename: boolean,
  ): Promise<readonly ts.RenameLocation[] | undefined> {
    const found = await super.findRenameLocations(
      fileName,
      position,
      findInStrings,
      findInComments,
      providePrefixAndSuffixTextForRename,
    );
    return this.#visible(found);
  }

  #declares(fileName: string): boolean {
    return argumentTypesFile(fileName) in this._extraLibs;
  }

  /** Length of a script as its author knows it. */
  #lengthOf(fileName: string): number {
    return super._getScriptText(fileName)?.length ?? 0;
  }

  #inScript<T>(fileName: string, all: readonly T[], startOf: (one: T) => number | undefined): T[] {
    if (!this.#declares(fileName)) return [...all];
    const end = this.#lengthOf(fileName);
    return all.filter((one) => (startOf(one) ?? 0) <= end);
  }

  #visible<T extends ts.DocumentSpan>(all: readonly T[] | undefined): T[] | undefined {
    return all?.flatMap((one) => this.#inScript(one.fileName, [one], ({ textSpan }) => textSpan.start));
  }

  #edits(fileName: string, edits: readonly ts.TextChange[]): ts.TextChange[] {
    return this.#inScript(fileName, edits, ({ span }) => span.start + span.length);
  }

  /** Where the name comes from that a shorthand property, as in `module.exports = { name }`, hands on. */
  #origin(definition: ts.DefinitionInfo): readonly ts.DefinitionInfo[] {
    const { fileName, textSpan } = definition;
    const next = this.getLanguageService().getDefinitionAtPosition(fileName, textSpan.start) ?? [];
    const others = next.filter((one) => one.fileName !== fileName || one.textSpan.start !== textSpan.start);
    return others.length > 0 && others.every((one) => one.name === definition.name) ? others : [definition];
  }

  /** `args` and its members are defined where the script declares them, not in the files that say so here. */
  #declared(definition: ts.DefinitionInfo): ts.DefinitionInfo {
    const { fileName, textSpan, name, kind } = definition;
    const script = scriptOfArgumentTypes(fileName) ?? fileName;
    const text = super._getScriptText(script);
    if (text === undefined || (script === fileName && textSpan.start <= text.length)) return definition;
    const isMember = script !== fileName && String(kind) === "property";
    const member = isMember ? `args.${name}` : "args";
    const start = Math.max(
      0,
      text.search(new RegExp(`(?<=@param[^\\n]*)\\b${member.replaceAll(/[.$]/g, "\\$&")}(?![\\w$])`)),
    );
    return { ...definition, fileName: script, textSpan: { start, length: member.length } };
  }
}

self.onmessage = () => initialize((context, data) => new ScriptWorker(context, data));
