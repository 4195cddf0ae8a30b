import type { Workbench } from "../../state/workbench";
import { SettingsDialog } from "./SettingsDialog";

/** Settings and the commands that change single ones. */
export function registerSettings({ commands, dialogs, settings }: Workbench): void {
  const current = () => settings.store.getState().settings;
  const THEMES = ["light", "dark", "highContrast", "system"] as const;
  commands.add(
    {
      id: "app.settings",
      title: "Settings",
      category: "View",
      keys: ["Mod+,"],
      run: async () => {
        await dialogs.ask((close) => <SettingsDialog close={close} />);
      },
    },
    ...THEMES.map((theme) => ({
      id: `view.theme.${theme}`,
      title: `Theme: ${{ light: "light", dark: "dark", highContrast: "high contrast", system: "as the system" }[theme]}`,
      category: "View" as const,
      run: () => settings.change({ theme }),
    })),
    {
      id: "view.wordWrap",
      title: "Wrap long lines on or off",
      category: "View",
      keys: ["Alt+Z"],
      run: () => settings.change({ wordWrap: !current().wordWrap }),
    },
    {
      id: "view.inlineResults",
      title: "Inline results on or off",
      category: "View",
      run: () => settings.change({ inlineResults: !current().inlineResults }),
    },
    {
      id: "view.largerText",
      title: "Larger editor text",
      category: "View",
      run: () => settings.change({ fontSize: Math.min(40, current().fontSize + 1) }),
    },
    {
      id: "view.smallerText",
      title: "Smaller editor text",
      category: "View",
      run: () => settings.change({ fontSize: Math.max(8, current().fontSize - 1) }),
    },
  );
}
