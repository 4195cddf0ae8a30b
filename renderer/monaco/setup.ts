import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/css/register";
import "monaco-editor/languages/definitions/html/register";
import "monaco-editor/languages/definitions/ini/register";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/markdown/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/sql/register";
import "monaco-editor/languages/definitions/typescript/register";
import "monaco-editor/languages/definitions/xml/register";
import "monaco-editor/languages/definitions/yaml/register";
import * as json from "monaco-editor/languages/features/json/register";
import * as typescript from "monaco-editor/languages/features/typescript/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import JsonWorker from "monaco-editor/languages/features/json/json.worker?worker";
import { defineThemes } from "./themes";
import TypeScriptWorker from "./typescript.worker?worker";
import "./monaco.css";

/** Monaco with the languages that the workbench needs; everything comes from our own origin. */
export { json, monaco, typescript };

self.MonacoEnvironment = {
  getWorker(_id, label) {
    if (label === "json") return new JsonWorker();
    if (label === "typescript" || label === "javascript") return new TypeScriptWorker();
    return new EditorWorker();
  },
};

// Handled by our own module check, which knows the template: see moduleProblems.ts.
const MODULE_NOT_FOUND = [2307, 2792, 7016];
// Scripts run as modules or in an async function: top-level await and return are fine. Suggestions to turn
// CommonJS into ES modules, and about types that JavaScript does not write, help nobody here.
// A comment at a script's top that declares its parameters is no function's documentation, whatever follows: 8024, 8032.
const NOT_WRONG_HERE = [1108, 1375, 1378, 1431, 1432, 7043, 7044, 7045, 7050, 8024, 8032, 80001, 80005];

/** TypeScript's `ModuleDetectionKind.Force`: every script has its own scope, so two may use the same names. */
const FORCE_MODULES = 3;

const shared: typescript.CompilerOptions = {
  target: typescript.ScriptTarget.ESNext,
  module: typescript.ModuleKind.ESNext,
  moduleResolution: typescript.ModuleResolutionKind.NodeJs,
  moduleDetection: FORCE_MODULES,
  // Without "dom", so that `document` is unknown, as it is in a session.
  lib: ["es2023"],
  types: [],
  allowNonTsExtensions: true,
  allowSyntheticDefaultImports: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  noEmit: true,
};
typescript.javascriptDefaults.setCompilerOptions({ ...shared, allowJs: true, checkJs: true });
typescript.typescriptDefaults.setCompilerOptions({ ...shared, allowJs: true, strict: true });
for (const defaults of [typescript.javascriptDefaults, typescript.typescriptDefaults]) {
  defaults.setDiagnosticsOptions({
    noSemanticValidation: false,
    noSyntaxValidation: false,
    diagnosticCodesToIgnore: [...MODULE_NOT_FOUND, ...NOT_WRONG_HERE],
  });
  defaults.setEagerModelSync(true);
}
json.jsonDefaults.setDiagnosticsOptions({
  validate: true,
  allowComments: false,
  trailingCommas: "error",
  schemas: [],
});

defineThemes(monaco);
