import { createRegistry, type Registry } from "./registry";

/** Kinds of commands, in the order in which the palette and the shortcut list show them. */
const COMMAND_CATEGORIES = [
  "Run",
  "File",
  "Edit",
  "View",
  "Session",
  "Template",
  "History",
  "Workspace",
  "Help",
] as const;

/** Something a person can do: it appears in the palette, the shortcut list and, when main says so, in a menu. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly category: (typeof COMMAND_CATEGORIES)[number];
  /** Shortcuts such as `Mod+Enter`; the first one is shown. `Mod` is Command on a Mac and Control elsewhere. */
  readonly keys?: readonly string[];
  /** Whether it can be done now; its keys stay free for others while it cannot. */
  enabled?(): boolean;
  /** `input` is what whoever starts it hands over, such as a text that was dropped. */
  run(input?: unknown): void | Promise<void>;
  readonly order?: number;
}

export interface Commands extends Registry<Command> {
  /** Does it, when it is known and enabled. */
  run(id: string, input?: unknown): void;
  /** Does what the keys stand for; tells whether they stood for anything. */
  runKeys(keys: string): boolean;
  keysOf(id: string): string | undefined;
}

/** `attempt` shows what goes wrong to the user. */
export function createCommands(attempt: (act: () => void | Promise<void>) => void): Commands {
  const registry = createRegistry<Command>("command");
  const isEnabled = (command: Command) => command.enabled?.() ?? true;
  return {
    ...registry,
    run(id, input) {
      const command = registry.get(id);
      if (command !== undefined && isEnabled(command)) attempt(() => command.run(input));
    },
    runKeys(keys) {
      const command = registry.store
        .getState()
        .items.find((candidate) => candidate.keys?.includes(keys) && isEnabled(candidate));
      if (command === undefined) return false;
      attempt(() => command.run());
      return true;
    },
    keysOf: (id) => registry.get(id)?.keys?.[0],
  };
}

/** Commands by the order of their categories: what runs comes first, help comes last. */
export const byCategory = (commands: readonly Command[]): readonly Command[] =>
  commands.toSorted(
    (a, b) => COMMAND_CATEGORIES.indexOf(a.category) - COMMAND_CATEGORIES.indexOf(b.category),
  );
