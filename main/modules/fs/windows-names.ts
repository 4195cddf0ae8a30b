import { isDeviceName } from "../../workspace/device-names";

/*
 * What Windows does with names that look harmless: devices (`CON`, `nul.txt`, `COM¹`), alternate data streams (`a.txt:b`),
 * names that lose their last dots and spaces, and paths that skip all normalisation (`\\?\`, `\\.\`).
 */

/**
 * Why a path must not be used on Windows, as the end of the sentence "The path … "; `undefined` when nothing is wrong.
 * Judges the text alone, so that no device and no network share is touched to find out.
 */
export function windowsRefusal(path: string): string | undefined {
  const unified = path.replaceAll("/", "\\");
  if (/^\\\\[?.]\\/.test(unified) || /^\\\?\?\\/.test(unified)) return "names a device or skips path checks";
  const withoutDrive = unified.replace(/^[a-z]:/i, "");
  if (withoutDrive !== unified && !withoutDrive.startsWith("\\"))
    return "depends on the current folder of a drive";
  for (const part of withoutDrive.split("\\")) {
    if (part === "" || part === "." || part === "..") continue;
    if (isDeviceName(part)) return "names a device";
    if (part.includes(":")) return "names an alternate data stream";
    if (/[. ]$/.test(part)) return "has a name that ends with a dot or a space, which Windows drops";
    if (/[<>"|?*]/.test(part)) return "has a name that Windows does not allow";
  }
  return undefined;
}
