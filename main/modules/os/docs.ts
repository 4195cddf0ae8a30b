import type { MemberDoc } from "../../../shared/model/module";

const refused = [{ code: "PERMISSION_DENIED", when: "the template does not expose it" }];

function fact(name: string, type: string, summary: string, returns: string): MemberDoc {
  return {
    name,
    signature: `${name}(): ${type}`,
    summary,
    params: [],
    returns,
    errors: refused,
    example: `const os = require("os");\nconsole.log(os.${name}());`,
  };
}

/** Docs of the members of `os`. */
export const members: readonly MemberDoc[] = [
  {
    name: "EOL",
    signature: 'EOL: "\\n" | "\\r\\n"',
    summary: "The platform's line ending.",
    params: [],
    returns: "One or two characters.",
    errors: refused,
    example: 'const os = require("os");\nconsole.log(["a", "b"].join(os.EOL));',
  },
  fact("platform", "string", "Names the platform.", '"linux", "darwin", "win32" …'),
  fact("arch", "string", "Names the processor architecture.", '"x64", "arm64" …'),
  fact("type", "string", "Names the operating system.", '"Linux", "Darwin", "Windows_NT" …'),
  fact("release", "string", "Gives the version of the operating system.", "The version as text."),
  fact("hostname", "string", "Gives the machine's name.", "The name."),
  fact(
    "homedir",
    "string",
    "Gives the user's home folder. Files there need a root of fs.",
    "An absolute path.",
  ),
  fact(
    "tmpdir",
    "string",
    "Gives the folder for temporary files. Files there need a root of fs.",
    "An absolute path.",
  ),
  fact("cpus", "CpuInfo[]", "Describes every logical processor.", "One object per processor."),
  fact("totalmem", "number", "Gives the size of the machine's memory.", "Bytes."),
];
