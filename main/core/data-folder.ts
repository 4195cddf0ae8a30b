import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Folder for what the application keeps outside workspaces (history, settings, logs): the platform's place for
 * application data. The caller decides whether `VM_WORKBENCH_DATA` overrides it; see {@link dataFolder}.
 */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
): string {
  const home = homedir();
  switch (platform) {
    case "win32":
      return join(environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "vm-workbench");
    case "darwin":
      return join(home, "Library", "Application Support", "vm-workbench");
    default: {
      const xdg = environment["XDG_DATA_HOME"];
      // The XDG specification wants relative paths to be ignored.
      return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, ".local", "share"), "vm-workbench");
    }
  }
}

/** The data folder that is in force: `VM_WORKBENCH_DATA`, or the platform's. */
export function dataFolder(environment: Environment = process.env): string {
  return environment["VM_WORKBENCH_DATA"] || defaultDataFolder(process.platform, environment);
}
