import { WorkbenchError } from "../../../shared/model/error";
import { SESSION_VARIABLE } from "./process-list";

/*
 * A variable can make an allowed program run something else: libraries to load first, options for an interpreter, the
 * command behind an editor or pager. Such a variable is set only when the template lists it.
 */
const REDIRECTS = [
  /^(?:LD|DYLD|_RLD|GLIBC|GCONV|MALLOC|COR|CORECLR|GIT|SSH|BASH_FUNC|NPM_CONFIG|DOTNET)_/i,
  /^(?:PATH|PATHEXT|COMSPEC|SYSTEMROOT|WINDIR|LIBPATH|SHLIB_PATH|LOCPATH|HOSTALIASES|OPENSSL_CONF|OPENSSL_ENGINES)$/i,
  /^(?:ENV|BASH_ENV|BASHOPTS|SHELLOPTS|SHELL|IFS|PS4|CDPATH|PROMPT_COMMAND|ZDOTDIR|PSMODULEPATH)$/i,
  /^(?:PAGER|EDITOR|VISUAL|BROWSER|LESSOPEN|LESSCLOSE|MANPAGER|SUDO_ASKPASS)$/i,
  /^(?:NODE_OPTIONS|NODE_PATH|NODE_REPL_EXTERNAL_MODULE|ELECTRON_RUN_AS_NODE)$/i,
  /^(?:PYTHON(?:PATH|HOME|STARTUP|INSPECT|USERBASE|BREAKPOINT)|PERL5?(?:LIB|OPT|DB)|RUBY(?:OPT|LIB)|PHPRC|PHP_INI_SCAN_DIR)$/i,
  // Folders and files of settings, in which many programs look for commands to run: git's core.pager, ssh's ProxyCommand.
  /^(?:HOME|HOMEDRIVE|HOMEPATH|USERPROFILE|(?:LOCAL)?APPDATA|XDG_.*|AWS_CONFIG_FILE|DOCKER_CONFIG|KUBECONFIG|GNUPGHOME)$/i,
  /^(?:TAR_OPTIONS|RSYNC_RSH|CVS_RSH|MAKEFLAGS|MAKEFILES|GOFLAGS|GOROOT|RUSTC.*|CARGO_.*|JAVA_HOME|MAVEN_.*|GRADLE_.*|AWK(?:LIB)?PATH)$/i,
  /^(?:JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|LUA_(?:INIT|PATH|CPATH).*)$/i,
];
// Windows programs do not start without it.
const ALWAYS = process.platform === "win32" ? ["SystemRoot"] : [];

function refuse(name: string): never {
  throw new WorkbenchError(
    "PERMISSION_DENIED",
    `The environment variable "${name}" can change what a command runs. Add it to "env" of the module exec to allow it.`,
    { variable: name },
  );
}

/**
 * Environment of a command: the application's variables that the template passes on, then the script's own. Throws
 * `PERMISSION_DENIED` for a variable that could make the command run something else and that the template does not list.
 */
export function environmentFor(
  passed: readonly string[],
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of [...ALWAYS, ...passed]) {
    const value = process.env[name];
    if (value !== undefined) result[name] = value;
  }
  for (const [name, value] of Object.entries(given)) {
    const listed = passed.includes(name);
    if (!listed && (name === SESSION_VARIABLE || REDIRECTS.some((redirect) => redirect.test(name))))
      refuse(name);
    result[name] = value;
  }
  return result;
}
