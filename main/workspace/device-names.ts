// Windows opens these as devices wherever they stand, in whatever case and with whatever ending: `nul.txt`, `con .log`.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:[.:]|$)/i;

/** Whether one part of a path is the name of a device on Windows. */
export function isDeviceName(part: string): boolean {
  return DEVICE.test(part);
}
