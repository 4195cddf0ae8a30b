import { ChevronRight, Folder, FolderOpen } from "lucide-react";
import { useWorkbench } from "../../state/context";
import { baseName } from "../../state/paths";
import { ContextMenu, cx } from "../../ui";
import { fileIcon } from "../../ui/fileIcon";
import { DRAG_TYPE, type FileActs } from "./fileActs";
import { NameField } from "./NameField";
import type { Row } from "./treeRows";

interface FileRowProps {
  row: Row;
  /** Pixels from the top of the tree. */
  top: number;
  /** A folder whose children are shown. */
  isOpen: boolean;
  isSelected: boolean;
  acts: FileActs;
  /** Before the entry is opened by a click. */
  onClick(): void;
}

/** An entry of the tree, or the field for its name. */
export function FileRow({ row, top, isOpen, isSelected, acts, onClick }: FileRowProps) {
  const { files } = useWorkbench();
  const { entry, depth } = row;
  const isFolder = entry.kind === "folder";
  const style = { transform: `translateY(${top}px)`, paddingLeft: 8 + depth * 12 };
  const folderIcon = isOpen ? <FolderOpen aria-hidden /> : <Folder aria-hidden />;
  const icon = isFolder ? folderIcon : fileIcon(entry.name);
  if (row.isNaming) {
    return (
      <div className="file-row" role="treeitem" aria-level={depth + 1} aria-label="New name" style={style}>
        <span className="file-twist" />
        {icon}
        <NameField
          initial={row.key === "new" ? "" : baseName(entry.path)}
          label={row.key === "new" ? `Name of the new ${entry.kind}` : `New name of ${entry.name}`}
        />
      </div>
    );
  }
  return (
    <ContextMenu items={acts.menu(entry)} onOpenChange={(isOpening) => isOpening && files.select(entry.path)}>
      <div
        id={`file-${row.key}`}
        className={cx("file-row", isSelected && "file-selected")}
        role="treeitem"
        aria-level={depth + 1}
        aria-posinset={row.position}
        aria-setsize={row.siblings}
        aria-selected={isSelected}
        aria-expanded={isFolder ? isOpen : undefined}
        aria-label={entry.name}
        style={style}
        draggable
        onDragStart={(event) => event.dataTransfer.setData(DRAG_TYPE, entry.path)}
        onClick={() => {
          onClick();
          acts.open(entry, "preview");
        }}
        onDoubleClick={() => !isFolder && acts.open(entry, "keep")}
        {...acts.dropTarget(entry)}
      >
        <span className="file-twist" data-open={isOpen || undefined}>
          {isFolder && <ChevronRight aria-hidden />}
        </span>
        {icon}
        <span className="file-name">{entry.name}</span>
      </div>
    </ContextMenu>
  );
}
