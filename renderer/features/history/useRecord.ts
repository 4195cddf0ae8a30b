import { useEffect, useState } from "react";
import { serializeError } from "../../../shared/model/error";
import type { ExecutionId } from "../../../shared/model/ids";
import { useValue, useWorkbench } from "../../state/context";
import type { ExecutionRecord } from "../../state/history";

/** Reads an execution of the history; `problem` says why it cannot be shown. Neither is there while it is being read. */
export function useRecord(id: ExecutionId | undefined): {
  record: ExecutionRecord | undefined;
  problem: string | undefined;
} {
  const { history } = useWorkbench();
  const record = useValue(history.store, (state) => (id === undefined ? undefined : state.records[id]));
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (id === undefined) return;
    let isCurrent = true;
    history.open(id).catch((error: unknown) => isCurrent && setProblem(serializeError(error).message));
    return () => {
      isCurrent = false;
    };
  }, [history, id]);
  return { record, problem: id === undefined ? "It is not in the history any more." : problem };
}
