/** The parts of Monaco's language service in its worker that are ours to extend; Monaco ships no types for them. */
declare module "monaco-editor/languages/features/typescript/tsWorker" {
  import type ts from "typescript";

  export class TypeScriptWorker {
    constructor(context: object, data: object);
    protected readonly _extraLibs: Readonly<
      Record<string, { readonly content: string; readonly version: number }>
    >;
    getLanguageService(): ts.LanguageService;
    getScriptVersion(fileName: string): string;
    _getScriptText(fileName: string): string | undefined;
    getSyntacticDiagnostics(fileName: string): Promise<ts.Diagnostic[]>;
    getSemanticDiagnostics(fileName: string): Promise<ts.Diagnostic[]>;
    getSuggestionDiagnostics(fileName: string): Promise<ts.Diagnostic[]>;
    getDefinitionAtPosition(
      fileName: string,
      position: number,
    ): Promise<readonly ts.DefinitionInfo[] | undefined>;
    getReferencesAtPosition(fileName: string, position: number): Promise<ts.ReferenceEntry[] | undefined>;
    getDocumentHighlights(
      fileName: string,
      position: number,
      filesToSearch: string[],
    ): Promise<ts.DocumentHighlights[] | undefined>;
    getNavigationTree(fileName: string): Promise<ts.NavigationTree | undefined>;
    getFormattingEditsForDocument(fileName: string, options: ts.FormatCodeOptions): Promise<ts.TextChange[]>;
    getFormattingEditsForRange(
      fileName: string,
      start: number,
      end: number,
      options: ts.FormatCodeOptions,
    ): Promise<ts.TextChange[]>;
    getFormattingEditsAfterKeystroke(
      fileName: string,
      position: number,
      key: string,
      options: ts.FormatCodeOptions,
    ): Promise<ts.TextChange[]>;
    findRenameLocations(
      fileName: string,
      position: number,
      findInStrings: boolean,
      findInComments: boolean,
      providePrefixAndSuffixTextForRename: boolean,
    ): Promise<readonly ts.RenameLocation[] | undefined>;
  }
}

declare module "monaco-editor/internal/common/initialize" {
  /** Answers the page's first message with the object that `create` makes. */
  export function initialize(create: (context: object, data: object) => object): void;
}
