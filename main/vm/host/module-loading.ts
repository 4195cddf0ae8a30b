import { randomBytes } from "node:crypto";
import { posix } from "node:path";
import { parse as parseExports } from "cjs-module-lexer";
import { WorkbenchError } from "../../../shared/model/error";
import type { Template } from "../../../shared/model/template";
import { findLibraryEntry, libraries, libraryCode } from "../../libraries/catalogue";
import { undefinedNameHint } from "../../modules/undefined-name";
import { workspaceModuleEntry } from "../../modules/workspace-modules";
import { EngineThrow, type Completion, type Engine, type Handle, type ModuleLoader } from "../engine/engine";
import { placeOfImport } from "../loader/import-place";
import { checkJson } from "../loader/json";
import { missingExport } from "../loader/link-error";
import { ModuleResolver, type Demand, type Resolved } from "../loader/resolver";
import { SourceStore } from "../loader/sources";
import type { WorkspaceFiles } from "../loader/workspace-files";
import type { Bridge, InternalFunction } from "./bridge";
import type { GuestHandles } from "./guest";
import { PlacedError } from "./host-error";
import { guestHalf, type NativeModules } from "./native-modules";

/** Marks the names of ES modules that stand for something else; the rest are paths of files. */
const SYNTHETIC = "vm:";
const GENERATION = /\?v=\d+$/;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** Loads modules for `require` and `import`: the host's side of `main/vm/guest/modules.ts`. */
export class ModuleLoading implements ModuleLoader {
  readonly sources: SourceStore;
  private readonly resolver: ModuleResolver;
  private readonly libraryKeys: ReadonlySet<string>;
  /** ES modules run once under their name; a new generation gives them new ones. */
  private generation = 1;
  private loadedInGeneration = false;
  /** Imports that could not be resolved, until the engine asks for them. */
  private readonly failed = new Map<string, Error>();
  private failures = 0;

  constructor(
    private readonly engine: Engine,
    private readonly bridge: Bridge,
    private readonly files: WorkspaceFiles,
    private readonly natives: NativeModules,
    private readonly template: Template,
    private readonly guest: () => GuestHandles,
  ) {
    this.sources = new SourceStore(files, { typescript: template.runtime.typescript });
    this.libraryKeys = new Set(template.libraries.filter((entry) => typeof entry === "string"));
    this.resolver = new ModuleResolver(
      files,
      template.resolver,
      {
        enabledNative: (specifier) => natives.enabled(specifier),
        workspaceModule: (specifier) =>
          Object.hasOwn(template.modules, specifier)
            ? workspaceModuleEntry(files.root, specifier)
            : undefined,
        knownNative: (specifier) =>
          natives.known(specifier) ??
          (workspaceModuleEntry(files.root, specifier) === undefined ? undefined : specifier),
        library: (specifier) => this.libraryKey(specifier),
        knownLibrary: (specifier) => findLibraryEntry(specifier)?.library.id,
        names: () => [...natives.names(), ...libraries().map(({ id }) => id)],
        template,
      },
      (path) => this.sources.format(path),
    );
  }

  /** What a script may have meant by a name that nothing defines. */
  hintFor(name: string): string | undefined {
    return undefinedNameHint(name, this.natives.names(), libraries());
  }

  /** Functions that the prelude calls by name. */
  internalFunctions(): Record<string, InternalFunction> {
    return {
      nativeModule: (name: unknown, internal: unknown) => this.natives.load(String(name), internal === true),
      resolveModule: (specifier: unknown, importer: unknown) => ({
        ...this.find(String(specifier), String(importer), "require"),
      }),
      missingExport: (specifier: unknown, name: unknown) =>
        this.missingExport(String(specifier), String(name)),
      fileNames: (path: unknown) => this.fileNames(String(path)),
      readJson: (path: unknown) => this.readJson(String(path)),
      libraryPart: (key: unknown, name: unknown) => this.libraryPart(String(key), String(name)),
      randomBytes: (length: unknown) =>
        new Uint8Array(randomBytes(Math.min(65_536, Math.max(0, Number(length) || 0)))),
    };
  }

  /** Functions that give values of the engine. */
  evaluateGuestHalf(name: string): Handle {
    return this.unwrap(this.engine.evalScript(guestHalf(name), `vm:module/${name}`, { strict: true }));
  }

  compileLibrary(key: string): Handle {
    if (this.libraryKey(key) === undefined) throw new TypeError(`The library "${key}" is not listed.`);
    const found = findLibraryEntry(key);
    if (found === undefined) throw new TypeError(`There is no library "${key}".`);
    const code = `(function (exports, require, module) {${libraryCode(found.library.id, found.subpath)}\n})`;
    return this.unwrap(this.engine.evalScript(code, `vm:library/${key}`, { strict: false }));
  }

  compileCommonJs(path: string): Handle {
    const source = this.sources.module(this.files.normalize(path));
    return this.unwrap(
      this.engine.evalScript(source.code, source.path, { strict: this.isStrict(source.path) }),
    );
  }

  /** Namespace of an ES module for `require`. */
  importNamespace(path: string): Handle {
    const key = this.fileKey(this.files.normalize(path));
    const namespace = this.unwrap(
      this.engine.evalModule(`export * as namespace from ${JSON.stringify(key)};`, `${SYNTHETIC}require`),
    );
    if (this.engine.promiseState(namespace) !== "none") {
      namespace.dispose();
      throw Object.assign(
        new Error(`require() cannot load ${path}: it awaits at top level. Use import() instead.`),
        {
          code: "ERR_REQUIRE_ASYNC_MODULE",
        },
      );
    }
    const value = this.engine.getProperty(namespace, "namespace");
    namespace.dispose();
    return value;
  }

  /** Code of the workspace runs in the mode that the template asks for; packages are written for sloppy mode. */
  isStrict(path: string): boolean {
    return this.template.runtime.strict && !/(?:^|\/)node_modules\//.test(path);
  }

  /** Names that `require` and `import` know besides files: enabled modules, listed libraries. */
  loadableNames(): string[] {
    return [
      ...new Set([
        ...this.natives.enabledNames(),
        ...Object.keys(this.template.modules),
        ...this.libraryKeys,
      ]),
    ].sort();
  }

  /** Globals that the template's libraries set, each loaded when it is first read. */
  libraryGlobals(): { readonly name: string; readonly kind: string; readonly id: string }[] {
    return this.template.libraries.flatMap((entry) => {
      if (typeof entry !== "string") {
        if (entry.global === undefined) return [];
        const path = this.files.normalize(entry.path);
        return [{ name: entry.global, kind: "file", id: path }];
      }
      const name = findLibraryEntry(entry)?.library.global;
      return name === undefined ? [] : [{ name, kind: "library", id: entry }];
    });
  }

  /** The name under which the engine knows a file that is an ES module. */
  fileKey(path: string): string {
    this.loadedInGeneration = true;
    return this.generation === 1 ? path : `${path}?v=${this.generation}`;
  }

  /** An execution is over: what it has left waiting may go on, unless it was stopped. */
  executionEnded(stopped: boolean): void {
    if (this.loadedInGeneration) this.engine.noteExecutionEnd({ stopped });
  }

  /** Files are read anew from here on. */
  forgetFiles(): void {
    if (this.loadedInGeneration) {
      // The engine finds `import.meta` by the module's name: such functions need the module.
      this.engine.forgetModules({
        keep: this.sources.someAskForMetaLater(),
        readAll: this.guest().readAll,
      });
      this.generation++;
      this.loadedInGeneration = false;
    }
    this.sources.forgetFiles();
  }

  // For the engine's ES modules.

  resolve(importer: string, specifier: string): string {
    if (specifier.startsWith(SYNTHETIC) && importer.startsWith(SYNTHETIC)) return specifier;
    if (importer === `${SYNTHETIC}require`) return specifier;
    try {
      const { kind, id } = this.find(specifier, importer, "import");
      if (kind === "esm") return this.fileKey(id);
      const key = `${SYNTHETIC}${kind}:`;
      return kind === "commonjs" || kind === "json" ? key + this.fileKey(id) : key + id;
    } catch (error) {
      // The engine takes a resolver that throws for one that gave an empty name; so the error is thrown by loading.
      const key = `${SYNTHETIC}error:${++this.failures}`;
      this.failed.set(key, this.placed(error, importer, specifier));
      return key;
    }
  }

  /** The error with the place of the import that failed: no code runs there whose stack could tell. */
  private placed(thrown: unknown, importer: string, specifier: string): Error {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const code = this.sources.find(importer.replace(GENERATION, ""))?.code;
    const place = code === undefined ? undefined : placeOfImport(code, specifier);
    return place === undefined ? error : new PlacedError(error, importer, place);
  }

  load(key: string): string {
    return this.guarded(() => {
      const failure = this.failed.get(key);
      if (failure !== undefined) {
        this.failed.delete(key);
        throw failure;
      }
      if (!key.startsWith(SYNTHETIC)) return this.sources.module(key.replace(GENERATION, "")).code;
      const separator = key.indexOf(":", SYNTHETIC.length);
      const kind = key.slice(SYNTHETIC.length, separator);
      return this.synthesise(kind, key.slice(separator + 1).replace(GENERATION, ""));
    });
  }

  /** An ES module whose values come from the prelude's module system. */
  private synthesise(kind: string, id: string): string {
    const names = kind === "json" ? [] : kind === "commonjs" ? this.lexedNames(id) : this.liveNames(kind, id);
    const lines = [
      `const module = __vmModule(${JSON.stringify(kind)}, ${JSON.stringify(id)});`,
      "export default module;",
      ...names
        .filter((name) => name !== "default" && IDENTIFIER.test(name))
        .map((name, index) => `const value${index} = module.${name}; export { value${index} as ${name} };`),
    ];
    return lines.join("\n");
  }

  private liveNames(kind: string, id: string): string[] {
    const names = this.unwrap(this.engine.call(this.guest().exportNames, kind, id));
    const json = this.engine.toPrimitive(names);
    names.dispose();
    // Written by the prelude.
    return JSON.parse(String(json)) as string[];
  }

  /** Names that a CommonJS file exports, read from its text as Node does: it runs when its turn comes. */
  private lexedNames(path: string, seen = new Set<string>()): string[] {
    if (seen.has(path)) return [];
    seen.add(path);
    const source = this.sources.module(path);
    try {
      const { exports, reexports } = parseExports(source.code);
      const names = new Set(exports);
      for (const specifier of reexports) {
        const { kind, id } = this.resolver.resolve(specifier, path, "require");
        if (kind === "commonjs") for (const name of this.lexedNames(id, seen)) names.add(name);
      }
      return [...names];
    } catch {
      // What the lexer cannot read, or resolve, is reported when the module runs.
      return [];
    }
  }

  private find(specifier: string, importer: string, demand: Demand): Resolved {
    const file = importer.replace(GENERATION, "");
    const from = file.startsWith("repl:") || file.startsWith(SYNTHETIC) || file.startsWith("<") ? "" : file;
    return this.resolver.resolve(specifier, from, demand);
  }

  /** For REPL input, whose imports are no part of a module that the engine links. */
  private missingExport(specifier: string, name: string): never {
    const { kind } = this.find(specifier, "", "import");
    throw new SyntaxError(missingExport(specifier, name, kind === "commonjs"));
  }

  private fileNames(path: string): [filename: string, dirname: string] {
    const folder = posix.dirname(path);
    return [this.files.absolute(path), this.files.absolute(folder === "." ? "" : folder)];
  }

  private readJson(path: string): string {
    const { text } = this.sources.module(this.files.normalize(path));
    checkJson(text, path);
    return text;
  }

  private libraryKey(specifier: string): string | undefined {
    const found = findLibraryEntry(specifier);
    if (found === undefined || !this.libraryKeys.has(found.library.id)) return undefined;
    return found.subpath === undefined ? found.library.id : `${found.library.id}/${found.subpath}`;
  }

  /** What a library requires: itself or a part of itself. */
  private libraryPart(key: string, name: string): string {
    const own = findLibraryEntry(key)?.library.id;
    const found = findLibraryEntry(name);
    if (found === undefined || found.library.id !== own) {
      throw new WorkbenchError(
        "MODULE_NOT_FOUND",
        `The library ${key} asks for "${name}", which does not exist here.`,
        { module: name },
      );
    }
    return found.subpath === undefined ? found.library.id : `${found.library.id}/${found.subpath}`;
  }

  private guarded<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw this.bridge.toThrow(error);
    }
  }

  private unwrap(completion: Completion): Handle {
    if (completion.ok) return completion.value;
    throw new EngineThrow(completion.error);
  }
}
