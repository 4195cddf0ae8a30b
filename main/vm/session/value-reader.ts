import type { ExecutionError } from "../../../shared/model/event";
import type { Limits } from "../../../shared/model/template";
import type { ValuePreview } from "../../../shared/model/value";
import type { Engine, Handle } from "../engine/engine";
import { reportThrown } from "../error-report";
import type { RunningExecution } from "../execution";
import type { GuestHandles } from "../host/guest";
import type { ModuleLoading } from "../host/module-loading";
import type { Description } from "../inspect/descriptor";
import { parse } from "../inspect/host-functions";
import { previewOf, previewOfPlain } from "../inspect/preview";
import type { SourceStore } from "../loader/sources";
import { printFrames, readStack } from "../stack";
import type { GuestCalls } from "./guest-calls";

/** What the engine says about a name that nothing defines. */
const NOT_DEFINED = /^'(.+)' is not defined$/;

export interface ValueReaderParts {
  readonly engine: Engine;
  readonly guest: () => GuestHandles;
  readonly calls: GuestCalls;
  readonly sources: SourceStore;
  readonly limits: Limits;
  readonly modules: Pick<ModuleLoading, "hintFor">;
}

/** Reads values and errors of a script. That runs the script's code, so the execution's limits stay armed meanwhile. */
export class ValueReader {
  constructor(private readonly parts: ValueReaderParts) {}

  /** `undefined` when the execution was stopped meanwhile. The handle stays the caller's. */
  preview(execution: RunningExecution, value: Handle): ValuePreview | undefined {
    const { engine, guest } = this.parts;
    const kind = engine.kindOf(value);
    if (kind !== "other" && kind !== "string") {
      // Nothing to look into, and nothing of the script runs.
      const plain = engine.toPrimitive(value);
      if (typeof plain !== "string") return execution.mustStop() ? undefined : previewOfPlain(plain);
    }
    const described = engine.call(guest().describe, value, true);
    if (!described.ok) {
      described.error.dispose();
      if (execution.mustStop()) return undefined;
      return this.plainPreview(value);
    }
    const json = engine.toPrimitive(described.value);
    described.value.dispose();
    if (execution.mustStop() || typeof json !== "string") return undefined;
    return previewOf(parse<Description>(json), this.mapStack);
  }

  /** Takes the handle over. `undefined` when the execution was stopped meanwhile. */
  report(execution: RunningExecution, thrown: Handle): ExecutionError | undefined {
    const { engine, guest, calls, sources, limits } = this.parts;
    try {
      if (execution.mustStop()) return undefined;
      const json = calls.take(engine.call(guest().readError, thrown));
      const value = this.preview(execution, thrown);
      if (execution.mustStop() || typeof json !== "string") return undefined;
      calls.tell(guest().setGlobal, "$_error", thrown);
      const report = reportThrown(json, value, sources, limits);
      const undefinedName =
        report.name === "ReferenceError" ? NOT_DEFINED.exec(report.message)?.[1] : undefined;
      const hint = undefinedName === undefined ? undefined : this.parts.modules.hintFor(undefinedName);
      return hint === undefined ? report : { ...report, hint };
    } finally {
      thrown.dispose();
    }
  }

  /** Frames of an engine's stack as the user wrote the code. */
  readonly mapStack = (stack: string): string => printFrames(readStack(stack, this.parts.sources));

  /** When the script's own inspection function throws: without it. */
  private plainPreview(value: Handle): ValuePreview | undefined {
    const { engine, guest, calls } = this.parts;
    const json = calls.take(engine.call(guest().describe, value, false));
    return typeof json === "string" ? previewOf(parse<Description>(json), this.mapStack) : undefined;
  }
}
