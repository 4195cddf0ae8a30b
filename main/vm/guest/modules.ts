import type { GuestFactory, WireValue } from "./bridge";
import type { BridgeHub, FunctionIds } from "./bridge-impl";
import type { InternalHost, ModuleNames } from "./environment";
import { callingFile } from "./errors";
import {
  IntrinsicMap,
  IntrinsicTypeError,
  arrayPush,
  defineData,
  jsonParse,
  mapClear,
  mapDelete,
  mapGet,
  mapSet,
  objectCreate,
  objectDefineProperty,
  objectKeys,
  reflectApply,
  typedArrayByteLength,
  stringIndexOf,
  stringSlice,
  typedArraySet,
} from "./primordials";

/** What the host says about a specifier: how the module is loaded, and under which key it is cached. */
type ModuleKind = "native" | "library" | "virtual" | "commonjs" | "esm" | "json" | "file";

interface Resolved {
  readonly kind: ModuleKind;
  /** Name of a native or virtual module, id of a library, workspace-relative path of a file. */
  readonly id: string;
}

/** A CommonJS module as its own code sees it. */
interface CommonJsModule {
  exports: unknown;
  readonly id: string;
  readonly filename: string;
  readonly path: string;
  loaded: boolean;
  readonly children: CommonJsModule[];
  readonly parent: CommonJsModule | undefined;
  readonly paths: string[];
  require: Require;
}

export interface Require {
  (specifier: string): unknown;
  resolve(specifier: string): string;
  readonly cache: Record<string, CommonJsModule>;
  readonly main: CommonJsModule | undefined;
}

type CommonJsFunction = (
  exports: unknown,
  require: Require,
  module: CommonJsModule,
  filename: string,
  dirname: string,
) => unknown;

type LibraryFunction = (
  exports: unknown,
  require: (name: string) => unknown,
  module: { exports: unknown },
) => void;

/** Functions of the host that give engine values, which JSON cannot carry. */
export interface LoaderHost {
  /** Evaluates the guest half of a native module; gives its factory. */
  readonly evaluateGuestHalf: (name: string) => GuestFactory;
  /** Compiles a library, or one of its entry points, into its CommonJS function. */
  readonly compileLibrary: (key: string) => LibraryFunction;
  /** Compiles a CommonJS file into its function. */
  readonly compileCommonJs: (path: string) => CommonJsFunction;
  /** Imports an ES module that needs no waiting; gives its namespace. */
  readonly importNamespace: (path: string) => unknown;
}

export interface ModuleSystem extends Omit<ModuleNames, "libraryOfGlobal"> {
  /** A `require` whose relative paths start at this file's folder; `undefined`: at that of the file which calls it. */
  requireFrom(importer: string | undefined, parent?: CommonJsModule): Require;
  /**
   * Gives the namespace of a module back. Throws as linking does when it lacks one of the names (JSON) that an import asks
   * it for.
   */
  checkNames(namespace: object, specifier: string, names: string): object;
  /** Loads by key, for the modules that `import` gets through the host. */
  load(kind: ModuleKind, id: string): unknown;
  /** Runs the function of a script as CommonJS main module; gives what the function gives. */
  runMain(fn: CommonJsFunction, path: string): unknown;
  /** Forgets workspace files, so that the next execution sees them as they are on the disk. */
  forgetFiles(): void;
}

/** What the host knows about a native module that is to be loaded. */
interface NativeInfo {
  readonly functions: FunctionIds;
  readonly config: WireValue;
}

export function createModuleSystem(
  hub: BridgeHub,
  host: InternalHost,
  loader: LoaderHost,
  virtual: Readonly<Record<string, () => unknown>>,
): ModuleSystem {
  const shared = new IntrinsicMap<string, { exports: unknown }>();
  const names = new IntrinsicMap<unknown, string>();
  const files = new IntrinsicMap<string, CommonJsModule>();
  const jsonFiles = new IntrinsicMap<string, unknown>();
  let cacheObject = objectCreate(null) as Record<string, CommonJsModule>;
  let main: CommonJsModule | undefined;

  /** Modules that are loaded once per session. Registered before their code is done: libraries refer to themselves. */
  const loadOnce = (key: string, make: (module: { exports: unknown }) => void): unknown => {
    const known = mapGet(shared, key);
    if (known !== undefined) return known.exports;
    const module = { exports: {} as unknown };
    mapSet(shared, key, module);
    let done = false;
    try {
      make(module);
      done = true;
    } finally {
      if (!done) mapDelete(shared, key);
    }
    mapSet(names, module.exports, stringSlice(key, stringIndexOf(key, ":") + 1));
    return module.exports;
  };

  const loadLibrary = (key: string): unknown =>
    loadOnce(`library:${key}`, (module) => {
      const run = loader.compileLibrary(key);
      // A library requires only parts of itself, and random bytes of the host.
      const require = (name: string): unknown =>
        name === "vm:random"
          ? randomSource(host)
          : loadLibrary(host.call("libraryPart", key, name) as string);
      reflectApply(run, module.exports, [module.exports, require, module]);
    });

  const loadNativeOnce = (name: string, internal: boolean): unknown =>
    loadOnce(`native:${name}`, (module) => {
      module.exports = loadNative(name, internal);
    });

  const loadNative = (name: string, internal: boolean): unknown => {
    const info = host.call("nativeModule", name, internal) as unknown as NativeInfo;
    const ids = objectCreate(null) as Record<string, number>;
    const functions = objectKeys(info.functions);
    for (let index = 0; index < functions.length; index++) {
      const each = functions[index] as string;
      ids[each] = info.functions[each] as number;
    }
    const factory = loader.evaluateGuestHalf(name);
    return factory(hub.forModule(ids, info.config, (other) => loadNativeOnce(other, true)));
  };

  const newModule = (path: string, parent: CommonJsModule | undefined): CommonJsModule => {
    const paths = host.call("fileNames", path) as unknown as [filename: string, dirname: string];
    const filename = paths[0];
    const dirname = paths[1];
    const module: CommonJsModule = {
      exports: {},
      id: filename,
      filename,
      path: dirname,
      loaded: false,
      children: [],
      parent,
      paths: [],
      require: undefined as unknown as Require,
    };
    module.require = requireFrom(path, module);
    return module;
  };

  const loadCommonJs = (path: string, parent: CommonJsModule | undefined): unknown => {
    const known = mapGet(files, path);
    if (known !== undefined) return known.exports;
    const fn = loader.compileCommonJs(path);
    const module = newModule(path, parent);
    if (parent !== undefined) arrayPush(parent.children, module);
    mapSet(files, path, module);
    cacheObject[module.filename] = module;
    let done = false;
    try {
      reflectApply(fn, module.exports, [
        module.exports,
        module.require,
        module,
        module.filename,
        module.path,
      ]);
      done = true;
    } finally {
      // As Node: a module that threw is not in the cache, so the next require runs it again.
      if (!done) {
        mapDelete(files, path);
        delete cacheObject[module.filename];
      }
    }
    module.loaded = true;
    return module.exports;
  };

  const loadJson = (path: string): unknown => {
    const known = mapGet(jsonFiles, path);
    if (known !== undefined) return known;
    const value: unknown = jsonParse(host.call("readJson", path) as string);
    mapSet(jsonFiles, path, value);
    return value;
  };

  const load = (kind: ModuleKind, id: string, parent?: CommonJsModule): unknown => {
    switch (kind) {
      case "native":
        return loadNativeOnce(id, false);
      case "library":
        return loadLibrary(id);
      case "virtual": {
        const make = virtual[id];
        if (make === undefined) throw new IntrinsicTypeError(`There is no module "${id}".`);
        return make();
      }
      case "commonjs":
        return loadCommonJs(id, parent);
      case "json":
        return loadJson(id);
      case "file": {
        // A file whose format nobody has looked at yet.
        const found = host.call("resolveModule", `./${id}`, "") as unknown as Resolved;
        return load(found.kind, found.id, parent);
      }
      case "esm":
        return loader.importNamespace(id);
    }
  };

  const requireFrom = (importer: string | undefined, parent?: CommonJsModule): Require => {
    const resolve = (specifier: unknown): Resolved => {
      if (typeof specifier !== "string") {
        const error = new IntrinsicTypeError('The "id" argument must be of type string.');
        defineData(error, "code", "ERR_INVALID_ARG_TYPE", true);
        throw error;
      }
      return host.call("resolveModule", specifier, importer ?? callingFile()) as unknown as Resolved;
    };
    const require = ((specifier: string): unknown => {
      const { kind, id } = resolve(specifier);
      return load(kind, id, parent);
    }) as Require;
    const accessor = (name: string, get: () => unknown): void => {
      objectDefineProperty(require, name, {
        __proto__: null,
        get,
        enumerable: true,
        configurable: true,
      } as PropertyDescriptor);
    };
    const constant = (name: string, value: unknown): void => {
      defineData(require, name, value, true);
    };
    constant("resolve", (specifier: string): string => {
      const { kind, id } = resolve(specifier);
      return kind === "native" || kind === "library" || kind === "virtual"
        ? specifier
        : (host.call("fileNames", id) as unknown as [string, string])[0];
    });
    accessor("cache", () => cacheObject);
    accessor("main", () => main);
    return require;
  };

  return {
    requireFrom,
    load,
    checkNames(namespace, specifier, names) {
      const list = jsonParse(names) as string[];
      for (let index = 0; index < list.length; index++) {
        const name = list[index] as string;
        if (!(name in namespace)) host.call("missingExport", specifier, name);
      }
      return namespace;
    },
    nameOf: (exported) => mapGet(names, exported),
    exportsOf: (name) => mapGet(shared, `native:${name}`) ?? mapGet(shared, `library:${name}`),
    runMain(fn, path) {
      const module = newModule(path, undefined);
      main = module;
      mapSet(files, path, module);
      cacheObject[module.filename] = module;
      const value = reflectApply(fn, module.exports, [
        module.exports,
        module.require,
        module,
        module.filename,
        module.path,
      ]);
      module.loaded = true;
      return value;
    },
    forgetFiles() {
      mapClear(files);
      mapClear(jsonFiles);
      cacheObject = objectCreate(null) as Record<string, CommonJsModule>;
    },
  };
}

/** What libraries use for random numbers that cannot be guessed: the one function of Web Crypto that they need. */
function randomSource(host: InternalHost): { getRandomValues(bytes: Uint8Array): Uint8Array } {
  return {
    getRandomValues(bytes) {
      typedArraySet(bytes, host.call("randomBytes", typedArrayByteLength(bytes)) as Uint8Array, 0);
      return bytes;
    },
  };
}
