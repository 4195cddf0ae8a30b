import { useId, useState, type ReactNode } from "react";
import type { Limits } from "../../../shared/model/template";
import { limitsSchema } from "../../../shared/model/template";
import { useValue, useWorkbench } from "../../state/context";
import type { Settings } from "../../state/settings";
import { Button, Dialog, Select, Switch, TextField } from "../../ui";
import "./settings.css";

const THEMES: readonly { value: Settings["theme"]; label: string }[] = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "highContrast", label: "High contrast" },
];
const MOTION: readonly { value: Settings["reducedMotion"]; label: string }[] = [
  { value: "system", label: "As the system" },
  { value: "on", label: "Reduce" },
  { value: "off", label: "Full" },
];
const LIMIT_WORDS: Readonly<Record<keyof Limits, { label: string; unit: string }>> = {
  cpuMs: { label: "Computing time", unit: "ms" },
  wallMs: { label: "Time", unit: "ms" },
  memoryMb: { label: "Memory", unit: "MB" },
  stackKb: { label: "Stack", unit: "KB" },
  maxEvents: { label: "Events", unit: "" },
  maxOutputKb: { label: "Output", unit: "KB" },
};
/** Every limit of the schema, in its order. */
const LIMITS = limitsSchema.keyof().options.map((key) => ({ key, ...LIMIT_WORDS[key] }));

/** Theme, editor, limits of new templates, history. Every change applies at once. */
export function SettingsDialog({ close }: { close(): void }) {
  const { settings: concern, notices } = useWorkbench();
  const settings = useValue(concern.store, (state) => state.settings);
  const change = (part: Partial<Settings>) => notices.attempt(() => concern.change(part));
  return (
    <Dialog
      title="Settings"
      open
      onClose={close}
      size="medium"
      actions={<Button onClick={close}>Done</Button>}
    >
      <div className="settings">
        <Section title="Appearance">
          <Line label="Theme">
            <Select
              label="Theme"
              value={settings.theme}
              options={THEMES}
              onChange={(theme) => change({ theme })}
            />
          </Line>
          <Line label="Motion" hint="Animations and smooth scrolling">
            <Select
              label="Motion"
              value={settings.reducedMotion}
              options={MOTION}
              onChange={(reducedMotion) => change({ reducedMotion })}
            />
          </Line>
        </Section>
        <Section title="Editor">
          <Line label="Font size">
            <NumberField
              label="Font size"
              unit="px"
              value={settings.fontSize}
              min={8}
              max={40}
              onChange={(fontSize) => change({ fontSize })}
            />
          </Line>
          <Line label="Tab size">
            <NumberField
              label="Tab size"
              unit="columns"
              value={settings.tabSize}
              min={1}
              max={8}
              onChange={(tabSize) => change({ tabSize })}
            />
          </Line>
          <Line label="Wrap long lines">
            <Switch
              label="Wrap long lines"
              checked={settings.wordWrap}
              onChange={(wordWrap) => change({ wordWrap })}
            />
          </Line>
          <Line label="Inline results" hint="Shows what a line gave behind it">
            <Switch
              label="Inline results"
              checked={settings.inlineResults}
              onChange={(inlineResults) => change({ inlineResults })}
            />
          </Line>
        </Section>
        <Section title="Limits of new templates">
          {LIMITS.map(({ key, label, unit }) => (
            <Line key={key} label={label} hint={limitsSchema.shape[key].description}>
              <NumberField
                label={label}
                unit={unit}
                value={settings.defaultLimits[key]}
                {...boundsOf(key)}
                onChange={(value) => change({ defaultLimits: { ...settings.defaultLimits, [key]: value } })}
              />
            </Line>
          ))}
        </Section>
        <Section title="History">
          <Line label="Keep at most">
            <NumberField
              label="Keep at most"
              unit="runs"
              value={settings.history.maxExecutions}
              min={10}
              max={1_000_000}
              onChange={(maxExecutions) => change({ history: { ...settings.history, maxExecutions } })}
            />
          </Line>
          <Line label="Keep for">
            <NumberField
              label="Keep for"
              unit="days"
              value={settings.history.maxDays}
              min={1}
              max={3650}
              onChange={(maxDays) => change({ history: { ...settings.history, maxDays } })}
            />
          </Line>
        </Section>
      </div>
    </Dialog>
  );
}

/** Bounds of a limit, found by the schema itself: the form repeats no number. */
function boundsOf(key: keyof Limits): { min: number; max: number } {
  const inner = limitsSchema.shape[key].unwrap();
  return { min: inner.minValue ?? 1, max: inner.maxValue ?? Number.MAX_SAFE_INTEGER };
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

function Line({ label, hint, children }: { label: string; hint?: string | undefined; children: ReactNode }) {
  return (
    <div className="settings-line">
      <div className="settings-words" aria-hidden>
        <p>{label}</p>
        {hint !== undefined && <p className="muted">{hint}</p>}
      </div>
      {children}
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  unit: string;
  value: number;
  min: number;
  max: number;
  onChange(value: number): void;
}

/** A whole number that applies when it is valid; what is not says why. */
function NumberField({ label, unit, value, min, max, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const number = Number(text);
  const isValid = /^\d+$/.test(text) && number >= min && number <= max;
  return (
    <TextField
      label={label}
      labelHidden
      className="settings-number"
      inputMode="numeric"
      unit={unit}
      value={text}
      problem={isValid ? undefined : `${min} to ${max.toLocaleString("en-US")}`}
      onChange={(next) => {
        setText(next);
        const wanted = Number(next);
        if (/^\d+$/.test(next) && wanted >= min && wanted <= max && wanted !== value) onChange(wanted);
      }}
    />
  );
}
