import type { ConfigField } from "../../../state/configSchema";

/** Keys and places from the configuration to a value in it. */
export type ConfigPath = readonly (string | number)[];

/** What the control of a field gets. */
export interface FieldViewProps {
  field: ConfigField;
  path: ConfigPath;
  value: unknown;
  onChange(path: ConfigPath, value: unknown): void;
  problemAt(path: ConfigPath): string | undefined;
  paths: readonly string[];
  disabled: boolean;
}

/** As `FieldViewProps`, with the field's default where the configuration has no value, and what is wrong with it. */
export interface ControlProps extends FieldViewProps {
  problem: string | undefined;
}

/** A value as a text field shows it. */
export const textOf = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
/** The entries of a list as chips show them. */
export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);
