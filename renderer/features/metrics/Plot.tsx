import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useValue, useWorkbench } from "../../state/context";
import { formatTime } from "../../state/format";

const DAY_S = 24 * 60 * 60;
const LEAST_SPAN_S = 5;
/** Distances of ticks that a clock with seconds tells apart. */
const WHOLE_SECONDS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60),
  ...[1, 2, 4, 8, 12].map((hours) => hours * 60 * 60),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * DAY_S),
];

interface PlotProps {
  title: string;
  /** `time`: the first row is epoch seconds; `count`: it counts executions. */
  kind: "time" | "count";
  data: readonly (readonly number[])[];
  series: readonly { readonly label: string; readonly colour: string; readonly fill?: boolean }[];
}

/** A small line plot in the theme's colours; the numbers are beside it in words. */
export function Plot({ title, kind, data, series }: PlotProps) {
  const { settings } = useWorkbench();
  const theme = useValue(settings.store, (state) => state.settings.theme);
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const newest = useRef(data);
  useEffect(() => {
    newest.current = data;
  }, [data]);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const colour = (name: string) => style.getPropertyValue(name);
    const axis: uPlot.Axis = {
      stroke: colour("--text-muted"),
      font: `11px ${colour("--font-ui")}`,
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { stroke: colour("--line"), width: 1 },
    };
    const made = new uPlot(
      {
        width: Math.max(120, element.clientWidth),
        height: Math.max(90, element.clientHeight),
        padding: [8, 12, 0, 0],
        scales: {
          x: { time: kind === "time", ...(kind === "time" ? { range: aroundOne } : {}) },
          y: { range: (_plot, _min, max) => [0, Math.max(1, (max ?? 0) * 1.15)] },
        },
        legend: { live: true },
        cursor: { drag: { x: false, y: false } },
        axes: [
          kind === "count"
            ? { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100] }
            : { ...axis, space: 70, incrs: WHOLE_SECONDS, values: (_plot, seconds) => ticksOf(seconds) },
          { ...axis, size: 48 },
        ],
        series: [
          kind === "count"
            ? { label: "Execution", value: (_plot, count) => (count === null ? "" : String(count)) }
            : { label: "Time", value: (_plot, seconds) => (seconds === null ? "" : clockOf(seconds)) },
          ...series.map(({ label, colour: name, fill }) => ({
            label,
            value: (_plot: uPlot, value: number | null) =>
              value === null ? "" : String(Math.round(value * 10) / 10),
            stroke: colour(name),
            width: 1.5,
            points: { show: true, size: 5 },
            ...(fill === true ? { fill: `${colour(name)}22` } : {}),
          })),
        ],
      },
      copy(newest.current),
      element,
    );
    plot.current = made;
    const fit = () => {
      const legend = element.querySelector(".u-legend")?.clientHeight ?? 0;
      made.setSize({
        width: Math.max(120, element.clientWidth),
        height: Math.max(90, element.clientHeight - legend),
      });
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
    // A new theme has new colours, so the plot is made again; the series' names and colours never change.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [kind, series.length, theme]);

  useEffect(() => plot.current?.setData(copy(data)), [data]);

  return (
    <figure className="plot">
      <figcaption>{title}</figcaption>
      <div ref={host} className="plot-host" />
    </figure>
  );
}

/** A time of day as the other places write it; uPlot's own words are American. */
const clockOf = (seconds: number): string => formatTime(seconds * 1000, false);

/** Names of ticks: times of a day, and dates when they span more than one. */
function ticksOf(seconds: readonly number[]): string[] {
  const span = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0);
  if (span < DAY_S) return seconds.map(clockOf);
  return seconds.map((second) =>
    new Date(second * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "short" }),
  );
}

/** A single moment stands in the middle of a minute, not of two days; a short time has room for names of ticks. */
const aroundOne = (_plot: uPlot, min: number | null, max: number | null): [number | null, number | null] => {
  if (min === null || max === null) return [min, max];
  return min === max ? [min - 30, min + 30] : [min, Math.max(max, min + LEAST_SPAN_S)];
};

/** uPlot wants arrays of its own, the x values apart. */
function copy(data: PlotProps["data"]): uPlot.AlignedData {
  const [x = [], ...ys] = data;
  return [[...x], ...ys.map((values) => [...values])];
}
