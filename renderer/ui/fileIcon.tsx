import { FileBraces, FileCode, FileText, Table } from "lucide-react";
import { extensionOf, isScript } from "../state/paths";
import "./fileIcon.css";

/** Icon of a file by its kind. */
export function fileIcon(path: string) {
  if (isScript(path)) return <FileCode aria-hidden className={path.endsWith("ts") ? "icon-ts" : "icon-js"} />;
  const extension = extensionOf(path);
  if (extension === ".json") return <FileBraces aria-hidden className="icon-json" />;
  if (extension === ".csv") return <Table aria-hidden className="icon-csv" />;
  return <FileText aria-hidden className="icon-file" />;
}
