import type { ReactNode } from "react";

interface FieldNoteProps {
  id?: string;
  /** Explains the field. */
  hint?: ReactNode;
  /** What is wrong with the value. */
  problem?: string | undefined;
}

/** What stands below a field: what is wrong with its value, then what it is for, which is needed most just then. */
export function FieldNote({ id, hint, problem }: FieldNoteProps) {
  if (hint === undefined && problem === undefined) return null;
  return (
    <p id={id} className="ui-note">
      {problem !== undefined && <span className="ui-note-problem">{problem}</span>}
      {problem !== undefined && hint !== undefined && <br />}
      {hint}
    </p>
  );
}
