export { RiskBadge } from "./RiskBadge";
export { ModuleDocs } from "./ModuleDocs";
export { moduleTab } from "./moduleTab";
