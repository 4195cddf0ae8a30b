import { posix } from "node:path";
import { exports as packageExports, imports as packageImports } from "resolve.exports";
import { WorkbenchError } from "../../../shared/model/error";
import { nearestFile, nearestScript } from "../../../shared/model/nearest";
import type { Resolver as ResolverOptions, Template } from "../../../shared/model/template";
import { hasEndlessHost } from "../inspect/url-host";
import { unresolvedError } from "../../modules/unresolved";
import type { Format } from "./format";
import type { WorkspaceFiles } from "./workspace-files";

/** How the guest loads a module, and the key under which it is cached. */
export interface Resolved {
  readonly kind: "native" | "library" | "virtual" | Format;
  readonly id: string;
}

/** How a module was asked for: decides which conditions of a package's `exports` hold. */
export type Demand = "require" | "import";

/** What a session can load besides files. */
export interface ModuleCatalogue {
  /** Canonical name of a native module that the template enables. */
  enabledNative(specifier: string): string | undefined;
  /** Workspace-relative path of a module of the workspace that the template lists. */
  workspaceModule(specifier: string): string | undefined;
  /** Canonical name of a module that exists but is not enabled. */
  knownNative(specifier: string): string | undefined;
  /** Key of a library, or one of its entry points, that the template lists. */
  library(specifier: string): string | undefined;
  /** Whether the catalogue of libraries has it, listed or not. */
  knownLibrary(specifier: string): string | undefined;
  /** Names for "did you mean". */
  names(): readonly string[];
  readonly template: Pick<Template, "id" | "name">;
}

const VIRTUAL = new Set(["vm:args"]);
const TYPESCRIPT_OF: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

/** Finds what a specifier names: a native module, a library, a file of the workspace, a package, in this order. */
export class ModuleResolver {
  constructor(
    private readonly files: WorkspaceFiles,
    private readonly options: ResolverOptions,
    private readonly catalogue: ModuleCatalogue,
    private readonly formatOf: (path: string) => Format,
  ) {}

  /**
   * @param importer workspace-relative path of the asking file; `""` for code without a file
   * @throws `MODULE_NOT_ENABLED`, `MODULE_NOT_FOUND`, `INVALID_PATH`
   */
  resolve(specifier: string, importer: string, demand: Demand): Resolved {
    if (VIRTUAL.has(specifier)) return { kind: "virtual", id: specifier };
    const native = this.catalogue.enabledNative(specifier);
    if (native !== undefined) return { kind: "native", id: native };
    const own = this.catalogue.workspaceModule(specifier);
    if (own !== undefined) return { kind: this.formatOf(own), id: own };
    const library = this.catalogue.library(specifier);
    if (library !== undefined) return { kind: "library", id: library };
    const folder = importer === "" ? "." : posix.dirname(importer);
    const looked: string[] = [];
    const path = this.findFile(specifier, folder, demand, looked);
    if (path !== undefined) return { kind: this.formatOf(path), id: path };
    throw this.explain(specifier, folder, looked);
  }

  private findFile(specifier: string, folder: string, demand: Demand, looked: string[]): string | undefined {
    if (/^\.\.?(?:\/|$)/.test(specifier))
      return this.fileOrFolder(posix.join(folder, specifier), looked, specifier);
    if (specifier.startsWith("/") || specifier.startsWith("file:") || /^[a-z]:[\\/]/i.test(specifier)) {
      const relative = this.files.relative(absolutePath(specifier));
      if (relative === undefined) throw this.outside(specifier);
      return this.fileOrFolder(relative, looked, specifier);
    }
    if (specifier === "" || specifier.includes("\0")) return undefined;
    if (!specifier.startsWith("#")) {
      for (const root of this.options.roots) {
        const found = this.fileOrFolder(posix.join(root, specifier), looked, specifier);
        if (found !== undefined) return found;
      }
    }
    return this.options.npm ? this.findPackage(specifier, folder, demand, looked) : undefined;
  }

  /** The file at a path, with one of the endings, or the main file of the folder. */
  private fileOrFolder(path: string, looked: string[], specifier: string): string | undefined {
    const normal = posix.normalize(path).replace(/\/$/, "");
    if (normal === ".." || normal.startsWith("../")) throw this.outside(specifier);
    if (!path.endsWith("/")) {
      const file = this.fileWithEnding(normal, looked);
      if (file !== undefined) return file;
    }
    if (this.files.standing(normal) !== "directory") return undefined;
    const main = this.readPackage(normal)?.["main"];
    if (typeof main === "string") {
      const target = posix.join(normal, main);
      const found = this.inside(target)
        ? (this.fileWithEnding(target, looked) ?? this.fileWithEnding(posix.join(target, "index"), looked))
        : undefined;
      if (found !== undefined) return found;
    }
    return this.fileWithEnding(posix.join(normal, "index"), looked);
  }

  private fileWithEnding(path: string, looked: string[]): string | undefined {
    looked.push(path);
    if (this.files.standing(path) === "file") return path;
    for (const extension of this.options.extensions) {
      if (this.files.standing(path + extension) === "file") return path + extension;
    }
    // TypeScript's own rule: an import names the file that the compiler would write.
    const extension = posix.extname(path);
    const typescript = TYPESCRIPT_OF[extension];
    if (typescript === undefined) return undefined;
    const source = path.slice(0, -extension.length) + typescript;
    return this.files.standing(source) === "file" ? source : undefined;
  }

  /** Node's algorithm, inside the workspace. */
  private findPackage(
    specifier: string,
    folder: string,
    demand: Demand,
    looked: string[],
  ): string | undefined {
    if (specifier.startsWith("#")) return this.packageImport(specifier, folder, demand, looked);
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
    if (name === undefined || name.startsWith(".")) return undefined;
    const own = this.nearestPackage(folder);
    if (own?.manifest["name"] === name && own.manifest["exports"] !== undefined) {
      return this.exported(own.folder, own.manifest, specifier, demand, looked);
    }
    for (let at = folder; ; at = posix.dirname(at)) {
      if (posix.basename(at) !== "node_modules") {
        const home = posix.join(at, "node_modules", name);
        if (this.files.standing(home) === "directory") {
          // The library that reads `exports` strips the package's name from the specifier; the folder's is what counts.
          const manifest: Record<string, unknown> = { ...this.readPackage(home), name };
          if (manifest["exports"] != null) return this.exported(home, manifest, specifier, demand, looked);
          return this.fileOrFolder(posix.join(home, specifier.slice(name.length) || "."), looked, specifier);
        }
        looked.push(home);
      }
      if (at === ".") return undefined;
    }
  }

  private exported(
    home: string,
    manifest: Record<string, unknown>,
    specifier: string,
    demand: Demand,
    looked: string[],
  ): string | undefined {
    return this.firstTarget(home, looked, () => packageExports(manifest, specifier, conditionsFor(demand)));
  }

  private packageImport(
    specifier: string,
    folder: string,
    demand: Demand,
    looked: string[],
  ): string | undefined {
    const own = this.nearestPackage(folder);
    if (own === undefined) return undefined;
    let target: string | undefined;
    try {
      target = packageImports(own.manifest, specifier, conditionsFor(demand))?.[0];
    } catch {
      return undefined;
    }
    if (target === undefined) return undefined;
    if (target.startsWith("./")) return this.firstTarget(own.folder, looked, () => [target]);
    return this.findPackage(target, own.folder, demand, looked);
  }

  private firstTarget(
    home: string,
    looked: string[],
    targets: () => readonly string[] | void,
  ): string | undefined {
    let list: readonly string[] | void;
    try {
      list = targets();
    } catch {
      // The package does not export this; its own message names files that scripts need not know.
      return undefined;
    }
    for (const target of list ?? []) {
      const path = posix.join(home, target);
      looked.push(path);
      if (this.inside(path) && this.files.standing(path) === "file") return path;
    }
    return undefined;
  }

  private nearestPackage(folder: string): { folder: string; manifest: Record<string, unknown> } | undefined {
    for (let at = folder; ; at = posix.dirname(at)) {
      const manifest = this.readPackage(at);
      if (manifest !== undefined) return { folder: at, manifest };
      if (at === "." || posix.basename(at) === "node_modules") return undefined;
    }
  }

  private readPackage(folder: string): Record<string, unknown> | undefined {
    const path = posix.join(folder, "package.json");
    if (this.files.standing(path) !== "file") return undefined;
    try {
      const parsed: unknown = JSON.parse(this.files.read(path));
      return typeof parsed === "object" && parsed !== null ? { ...parsed } : undefined;
    } catch {
      return undefined;
    }
  }

  private inside(path: string): boolean {
    const normal = posix.normalize(path);
    return normal !== ".." && !normal.startsWith("../");
  }

  private outside(specifier: string): WorkbenchError {
    return new WorkbenchError("INVALID_PATH", `The path "${specifier}" leads out of the workspace.`, {
      path: specifier,
    });
  }

  private explain(specifier: string, folder: string, looked: readonly string[]): WorkbenchError {
    return unresolvedError(specifier, {
      template: this.catalogue.template,
      module: this.catalogue.knownNative(specifier),
      library: this.catalogue.knownLibrary(specifier),
      names: this.catalogue.names(),
      looked,
      nearFile: () => this.nearFile(specifier, folder),
    });
  }

  private nearFile(specifier: string, folder: string): string | undefined {
    const { roots, extensions } = this.options;
    const isLoadable = (file: string): boolean => extensions.some((extension) => file.endsWith(extension));
    if (/^\.\.?\//.test(specifier)) {
      const target = posix.dirname(posix.join(folder, specifier));
      const around = [folder, posix.dirname(folder), target].filter((each) => this.inside(each));
      const files = this.files.around(around).filter(isLoadable);
      return nearestFile(specifier, folder === "." ? "" : folder, files);
    }
    if (/^[./#]/.test(specifier)) return undefined;
    for (const root of roots) {
      const names = this.files.around([root]).filter(isLoadable);
      const found = nearestScript(
        specifier,
        names.map((file) => posix.relative(root, file)),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Neither `node` nor `browser`: what such entries need exists in neither way here. */
function conditionsFor(demand: Demand): { unsafe: true; conditions: string[] } {
  return { unsafe: true, conditions: demand === "require" ? ["require"] : ["import"] };
}

function absolutePath(specifier: string): string {
  if (!specifier.startsWith("file:")) return posix.normalize(specifier);
  if (hasEndlessHost(specifier)) return specifier;
  try {
    return posix.normalize(decodeURIComponent(new URL(specifier).pathname));
  } catch {
    return specifier;
  }
}
