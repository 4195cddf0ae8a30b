export { askAndDuplicate, askAndRename, confirmDeleteTemplate } from "./dialogs";
export { TEMPLATE_KIND, templateTab } from "./templateTab";
