// Types of the WebAssembly interface, which Node has and its type package lacks; TypeScript keeps them in its DOM
// library, whose other globals do not exist here. Only what main/vm uses.
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  const Module: { new (bytes: Uint8Array<ArrayBuffer>): Module };

  type Imports = Record<string, Record<string, unknown>>;
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  const Instance: { new (module: Module, imports: Imports): Instance };

  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  const Memory: { new (descriptor: { initial: number; maximum?: number }): Memory };

  interface Table {
    readonly length: number;
    grow(delta: number, value: unknown): number;
  }
  const Table: { new (descriptor: { element: "anyfunc"; initial: number }): Table };

  interface Global {
    value: bigint;
  }
  const Global: { new (descriptor: { value: "i64"; mutable: true }, value: bigint): Global };

  const RuntimeError: { new (message?: string): Error };

  function compile(bytes: Uint8Array<ArrayBuffer>): Promise<Module>;
}
