import { DiffView } from "../../monaco/DiffView";
import { languageOf } from "../../monaco/languages";
import { useValue, useWorkbench } from "../../state/context";
import type { TabProps } from "../../state/places";
import { EmptyState } from "../../ui";
import { ConflictBar } from "./ConflictBar";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** A tab with two texts compared: any two, or a conflict to decide. */
export function DiffTab({ tab }: TabProps) {
  const { conflict, before, after, language, title } = tab.input;
  if (typeof conflict === "string") return <ConflictDiff path={conflict} />;
  return <DiffView before={text(before)} after={text(after)} language={text(language)} label={text(title)} />;
}

function ConflictDiff({ path }: { path: string }) {
  const { documents } = useWorkbench();
  const document = useValue(documents.store, (state) => state.documents[path]);
  if (document?.conflict == null)
    return (
      <EmptyState title="This conflict is settled">
        The file on disk and the editor agree about what to do.
      </EmptyState>
    );
  return (
    <div className="editor-script">
      <ConflictBar path={path} compares />
      <div className="editor-stage">
        <DiffView
          before={document.conflict.text}
          after={document.text}
          language={languageOf(path)}
          label={path}
        />
      </div>
    </div>
  );
}
