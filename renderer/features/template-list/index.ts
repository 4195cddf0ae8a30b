export { askAndDuplicate, askAndRename, confirmDeleteTemplate } from "./dialogs";
