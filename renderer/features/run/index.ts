export { askScriptInput } from "./ScriptInputDialog";
