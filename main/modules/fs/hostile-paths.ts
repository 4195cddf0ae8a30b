/**
 * Paths that scripts have used, in many places, to leave the folder they were given. Generated: every way up, combined
 * with every target and every spelling. All of them are meant to reach `secret` outside the workspace or to upset the
 * platform; none may.
 */

/** Links that the test makes in the workspace before it tries the corpus: name → target, `OUTSIDE` being the folder outside. */
export const HOSTILE_LINKS: Readonly<Record<string, string>> = {
  "link-to-secret": "OUTSIDE/secret.txt",
  "link-to-outside": "OUTSIDE",
  "link-to-parent": "..",
  "link-to-root": "/",
  "link-chain": "link-to-outside",
  "link-up-and-down": "../OUTSIDE_NAME/secret.txt",
  "link-dangling-outside": "OUTSIDE/made-by-script.txt",
  "link-loop": "link-loop",
  "data/link-deep": "../../OUTSIDE_NAME",
};

const DEVICES = [
  "CON",
  "PRN",
  "AUX",
  "NUL",
  "COM1",
  "COM9",
  "COM¹",
  "LPT1",
  "LPT³",
  "CONIN$",
  "CONOUT$",
  "CLOCK$",
];

function wayUp(outsideName: string): string[] {
  const ups = [
    "..",
    "../.",
    "./..",
    ".//..",
    "data/../..",
    "data/./../..",
    "nowhere/../..",
    "data/link-deep/..",
    "a/b/c/../../../..",
  ];
  const targets = [`${outsideName}/secret.txt`, outsideName, `${outsideName}/../${outsideName}/secret.txt`];
  const slashes = (path: string): string[] => [
    path,
    path.replaceAll("/", "//"),
    path.replaceAll("/", "/./"),
    path.replaceAll("/", "\\"),
    `${path}/`,
    `/${path}`,
  ];
  return ups.flatMap((up) => targets.flatMap((target) => slashes(`${up}/${target}`)));
}

function spelledDots(outsideName: string): string[] {
  const dots = [
    "%2e%2e",
    "%2E%2E",
    ".%2e",
    "%252e%252e",
    "\u2024\u2024",
    "\uff0e\uff0e",
    "\u2025",
    "\u3002\u3002",
    "..\u200b",
    "..\u00ad",
    ". .",
    ".. ",
    "...",
    "....",
    "..;",
    "..%00",
    "..%c0%af",
    "\u202e..",
    "..\ufeff",
  ];
  const separators = ["/", "%2f", "%5c", "\u2215", "\u2044", "\uff0f", "\\"];
  return dots.flatMap((dot) =>
    separators.map((separator) => `${dot}${separator}${outsideName}${separator}secret.txt`),
  );
}

function absolutes(outside: string, workspace: string): string[] {
  return [
    outside,
    `${outside}/secret.txt`,
    `/${outside}/secret.txt`,
    `//${outside}/secret.txt`,
    `/.${outside}/secret.txt`,
    `/..${outside}/secret.txt`,
    `${workspace}/..`,
    `${workspace}/../`,
    `${workspace}x/secret.txt`,
    `${workspace}/../${outside}/secret.txt`,
    `file://${outside}/secret.txt`,
    `~/secret.txt`,
    "/",
    "//",
    "/.",
    "/etc/passwd",
    "/etc/./passwd",
    "/proc/self/environ",
    "/proc/self/root/etc/passwd",
    `/proc/self/cwd/../../../../../../etc/passwd`,
    "/proc/1/root/etc/passwd",
    "/dev/mem",
    "/dev/stdin",
    "/dev/fd/0",
    "/proc/self/fd/0",
    "/proc/thread-self/environ",
    "..",
    "../",
    "../.",
    "../..",
    "./..",
    "../../../../../../../../../../../../../../../../etc/passwd",
  ];
}

function windows(outside: string): string[] {
  const roots = [
    "C:",
    "c:",
    "C:\\",
    "C:/",
    "\\\\?\\C:\\",
    "\\\\.\\C:\\",
    "//?/C:/",
    "\\??\\C:\\",
    "\\\\localhost\\C$\\",
    "//localhost/C$/",
    "\\\\?\\UNC\\localhost\\C$\\",
    "\\\\.\\pipe\\",
    "\\\\.\\PhysicalDrive0",
  ];
  const rooted = roots.flatMap((root) => [
    `${root}Windows\\win.ini`,
    `${root}${outside}\\secret.txt`,
    `${root}..\\secret.txt`,
  ]);
  const devices = DEVICES.flatMap((device) => [
    device,
    device.toLowerCase(),
    `${device}.txt`,
    `data/${device}`,
    `${device}:`,
    `${device} .txt`,
  ]);
  const streams = [
    "data.txt:stream",
    "data.txt::$DATA",
    "data::$INDEX_ALLOCATION",
    "data.txt:..\\..\\secret",
    ".:secret",
  ];
  const shortNames = ["PROGRA~1", "DATA~1/../../secret.txt", "..~1/secret.txt"];
  return [...rooted, ...devices, ...streams, ...shortNames];
}

function withNul(outside: string): string[] {
  return [
    "\0",
    "data.txt\0",
    "\0data.txt",
    "data.txt\0.png",
    `..\0/${outside}`,
    `../\0secret`,
    `${outside}/secret.txt\0.txt`,
    "data/\0/../..",
    "a\0/../../x",
  ];
}

function veryLong(outsideName: string): string[] {
  const climb = "../".repeat(2000);
  return [
    "a".repeat(256),
    "a".repeat(5000),
    `${"a/".repeat(3000)}x`,
    climb,
    `${climb}etc/passwd`,
    `${"./".repeat(1500)}../${outsideName}/secret.txt`,
    "é".repeat(200),
    `${"data/../".repeat(300)}../${outsideName}/secret.txt`,
  ];
}

function throughLinks(outsideName: string): string[] {
  const folders = [
    "link-to-outside",
    "link-chain",
    "data/link-deep",
    "./link-to-outside/.",
    "data/../link-to-outside",
  ];
  return [
    ...folders.flatMap((folder) => [
      folder,
      `${folder}/`,
      `${folder}/secret.txt`,
      `${folder}/../${outsideName}/secret.txt`,
      `${folder}/new.txt`,
      `${folder}/..`,
      `${folder}/./secret.txt`,
    ]),
    "link-to-secret",
    "link-to-secret/",
    "link-up-and-down",
    "link-dangling-outside",
    "link-loop",
    "link-loop/x",
    `link-to-parent/${outsideName}/secret.txt`,
    "link-to-root/etc/passwd",
    "link-to-root/proc/self/environ",
  ];
}

function caseTricks(outsideName: string, workspaceName: string): string[] {
  return [
    `../${outsideName.toUpperCase()}/secret.txt`,
    `../${workspaceName.toUpperCase()}/../${outsideName}/secret.txt`,
    "LINK-TO-SECRET",
    "Link-To-Outside/SECRET.TXT",
    `../${outsideName}/SECRET.TXT`,
    "DATA/../../secret.txt",
    "lınk-to-secret",
    "link-to-ſecret",
  ];
}

/** The corpus for a workspace and a folder beside it that must stay out of reach. */
export function hostilePaths(workspace: string, outside: string): string[] {
  const outsideName = outside.slice(outside.lastIndexOf("/") + 1);
  const workspaceName = workspace.slice(workspace.lastIndexOf("/") + 1);
  return [
    ...new Set([
      ...wayUp(outsideName),
      ...spelledDots(outsideName),
      ...absolutes(outside, workspace),
      ...windows(outside),
      ...withNul(outside),
      ...veryLong(outsideName),
      ...throughLinks(outsideName),
      ...caseTricks(outsideName, workspaceName),
    ]),
  ];
}
