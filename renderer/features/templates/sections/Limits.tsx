import { useEffect, useState } from "react";
import { limitsSchema, type Limits as LimitValues } from "../../../../shared/model/template";
import { useValue, useWorkbench } from "../../../state/context";
import { formatBytes, formatCount, formatDuration, plural } from "../../../state/format";
import type { Peaks } from "../../../state/history";
import { cx } from "../../../ui";
import { NumberField } from "../NumberField";
import { FieldFrame, SectionFrame } from "../SectionFrame";
import { defaultAt, type TemplateForm } from "../useTemplate";

interface LimitWords {
  readonly label: string;
  readonly unit: string;
  readonly about: string;
  /** The highest value of the last runs, in the limit's unit. */
  readonly peak?: (peaks: Peaks) => number;
  readonly words?: (value: number) => string;
}

const MB = 1024 * 1024;
const megabytes = (value: number) => formatBytes(value * MB);

const WORDS: Readonly<Record<keyof LimitValues, LimitWords>> = {
  cpuMs: {
    label: "Computing time",
    unit: "ms",
    about: "Time one execution may compute. Waiting for timers, files or the network does not count.",
    peak: (peaks) => peaks.cpuMs,
    words: formatDuration,
  },
  wallMs: {
    label: "Time in all",
    unit: "ms",
    about: "Time from start to end of one execution, waiting included. Then it is stopped.",
    peak: (peaks) => peaks.wallMs,
    words: formatDuration,
  },
  memoryMb: {
    label: "Memory",
    unit: "MB",
    about: "Memory of the session’s engine. A script that needs more fails; the session lives on.",
    peak: (peaks) => peaks.memoryBytes / MB,
    words: megabytes,
  },
  stackKb: {
    label: "Stack",
    unit: "KB",
    about: "How deep calls may nest. Deeper recursion ends with an error that the script can catch.",
  },
  maxEvents: {
    label: "Events",
    unit: "events",
    about: "Console lines, values and output of one execution, counted together.",
    peak: (peaks) => peaks.events,
    words: formatCount,
  },
  maxOutputKb: {
    label: "Output",
    unit: "KB",
    about: "Text that one execution may write. What comes after is cut and the run is stopped.",
    peak: (peaks) => peaks.outputBytes / 1024,
    words: (value) => formatBytes(value * 1024),
  },
};
/** Every limit of the schema, in its order. */
const LIMITS = limitsSchema.keyof().options.map((key) => ({ key, ...WORDS[key] }));

/** Limits with what they mean and what the last runs really needed. */
export function Limits({ form }: { form: TemplateForm }) {
  const { history, templates, executions, notices } = useWorkbench();
  const name = useValue(
    templates.store,
    (state) => state.templates.find((entry) => entry.file === form.file)?.name,
  );
  // Runs that end while the editor is open count at once.
  const lastEnd = useValue(executions.store, (state) =>
    Object.values(state.executions).reduce(
      (last, execution) => (execution.templateName === name ? Math.max(last, execution.endedAt ?? 0) : last),
      0,
    ),
  );
  const [peaks, setPeaks] = useState<Peaks>();
  useEffect(() => {
    if (name === undefined) return;
    let isCurrent = true;
    notices.attempt(async () => {
      const found = await history.peaksOf(name);
      if (isCurrent) setPeaks(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [history, notices, name, lastEnd]);
  return (
    <SectionFrame
      id="limits"
      title="Limits"
      about={
        <>
          Every limit holds while a script runs, for startup files and REPL input alike.
          {peaks !== undefined && peaks.count > 0 && (
            <>
              {" "}
              Beside each: the most that the last {plural(peaks.count, "execution")} of this template needed.
            </>
          )}
        </>
      }
    >
      <div className="tpl-limits">
        {LIMITS.map((limit) => (
          <Limit key={limit.key} limit={limit} form={form} peaks={peaks} />
        ))}
      </div>
    </SectionFrame>
  );
}

function Limit({
  limit,
  form,
  peaks,
}: {
  limit: (typeof LIMITS)[number];
  form: TemplateForm;
  peaks: Peaks | undefined;
}) {
  const path = ["limits", limit.key] as const;
  const value = form.get(path);
  const standard = defaultAt(path);
  const { minimum, maximum } = RANGES[limit.key];
  const peak = peaks === undefined || peaks.count === 0 ? undefined : limit.peak?.(peaks);
  return (
    <FieldFrame form={form} path={path} name={`the limit ${limit.label}`} className="tpl-limit">
      <NumberField
        label={limit.label}
        unit={limit.unit}
        value={value}
        onChange={(next) => form.set(path, next, limit.key)}
        problem={form.problemAt(path)}
        disabled={!form.isEditable}
        hint={
          <>
            {limit.about}{" "}
            <span className="tpl-range">
              Default {formatCount(Number(standard))}; {formatCount(minimum)} to {formatCount(maximum)}.
            </span>
          </>
        }
      />
      {peak !== undefined && limit.words !== undefined && typeof value === "number" && (
        <Peak peak={peak} limit={value} words={limit.words} />
      )}
    </FieldFrame>
  );
}

const NEAR = 0.8;

/** “Peak so far 14 MB of 128 MB”, with a bar. */
function Peak({ peak, limit, words }: { peak: number; limit: number; words(value: number): string }) {
  const share = limit <= 0 ? 1 : Math.min(1, peak / limit);
  return (
    <p className={cx("tpl-peak", share >= NEAR && "tpl-peak-near")}>
      <span className="tpl-peak-bar" aria-hidden>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      Peak so far {words(peak)} of {words(limit)}
    </p>
  );
}

const RANGES: Readonly<Record<keyof LimitValues, { minimum: number; maximum: number }>> = readRanges();

/** The bounds of every limit, from the schema that enforces them. */
function readRanges(): Record<keyof LimitValues, { minimum: number; maximum: number }> {
  const { shape } = limitsSchema;
  const range = (key: keyof LimitValues) => {
    const inner = shape[key].unwrap();
    return { minimum: inner.minValue ?? 0, maximum: inner.maxValue ?? Number.MAX_SAFE_INTEGER };
  };
  return {
    cpuMs: range("cpuMs"),
    wallMs: range("wallMs"),
    memoryMb: range("memoryMb"),
    stackKb: range("stackKb"),
    maxEvents: range("maxEvents"),
    maxOutputKb: range("maxOutputKb"),
  };
}
