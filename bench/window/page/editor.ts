/** A page that loads Monaco as its documentation shows and makes one editor, nothing else. */
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/typescript/register";
import "monaco-editor/languages/features/typescript/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import TypeScriptWorker from "monaco-editor/languages/features/typescript/ts.worker?worker";

self.MonacoEnvironment = {
  getWorker: (_id, label) =>
    label === "javascript" || label === "typescript" ? new TypeScriptWorker() : new EditorWorker(),
};

const host = document.getElementById("editor");
if (host === null) throw new Error("The page has no place for the editor.");
monaco.editor.create(host, {
  value: "// bare.js\nfor (let n = 0; n < 10; n++) console.log('line', n);\n",
  language: "javascript",
  minimap: { enabled: false },
});
performance.mark("ready");
document.documentElement.dataset["appState"] = "ready";
