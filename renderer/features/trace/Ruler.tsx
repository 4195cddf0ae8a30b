import { useEffect, useRef } from "react";
import type { ExecutionEvent } from "../../../shared/model/event";
import { formatDuration } from "../../state/format";

interface RulerProps {
  /** Epoch milliseconds. */
  start: number;
  span: number;
  events: readonly ExecutionEvent[];
  onPick(index: number): void;
}

const COLOURS: Readonly<Record<ExecutionEvent["type"], string>> = {
  inputEcho: "--text-faint",
  console: "--accent",
  value: "--success",
  exception: "--danger",
  system: "--warning",
  stdout: "--info",
  stderr: "--danger",
};
const HEIGHT = 34;

/** The whole execution at a glance: one stroke per event; a click goes there. The table below says the same in words. */
export function Ruler({ start, span, events, onPick }: RulerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const draw = () => {
      const context = element.getContext("2d");
      const width = element.clientWidth;
      if (context === null || width === 0) return;
      const scale = window.devicePixelRatio;
      element.width = width * scale;
      element.height = HEIGHT * scale;
      context.scale(scale, scale);
      const style = getComputedStyle(element);
      for (const event of events) {
        const x = ((event.ts - start) / span) * (width - 2);
        context.fillStyle = style.getPropertyValue(COLOURS[event.type]);
        context.globalAlpha = event.type === "console" ? 0.5 : 1;
        context.fillRect(
          x,
          event.type === "console" ? 12 : 6,
          2,
          HEIGHT - (event.type === "console" ? 12 : 6),
        );
      }
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [start, span, events]);
  return (
    <div className="trace-ruler">
      <canvas
        ref={canvas}
        aria-hidden
        height={HEIGHT}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const at = start + ((event.clientX - box.left) / box.width) * span;
          const index = events.findIndex((candidate) => candidate.ts >= at);
          onPick(index === -1 ? events.length - 1 : index);
        }}
      />
      <span className="trace-scale" aria-hidden>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <span key={part}>{formatDuration(span * part)}</span>
        ))}
      </span>
    </div>
  );
}
