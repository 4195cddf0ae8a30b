/** What is needed to find fields of the engine's `JSContext`, whose layout the build does not tell. */
export interface ContextProbe {
  /** Runs a script and throws its value away. */
  run(source: string): void;
  readonly memory: WebAssembly.Memory;
  readonly contextPointer: number;
}

/** Words of `JSContext` that are searched. */
const WORDS = 100;
const UNKNOWN = "The engine's context is laid out in an unknown way.";

function wordsAfter(probe: ContextProbe, source: string): Int32Array {
  probe.run(source);
  return new Int32Array(probe.memory.buffer, probe.contextPointer, WORDS).slice();
}

/** Address of the countdown to the next question to the interrupt handler. Throws when it cannot be told from others. */
export function findInterruptCounter(probe: ContextProbe): number {
  const TURNS = 500;
  const START = 10_000;
  const loop = `for (let i = 0; i < ${TURNS}; i++);`;
  const before = wordsAfter(probe, loop);
  const after = wordsAfter(probe, loop);
  // Every turn of a loop counts down once or twice.
  const found = before.findIndex((word, index) => {
    const used = word - (after[index] ?? 0);
    return word > 0 && word <= START && used >= TURNS && used <= 2 * TURNS + 100;
  });
  if (found < 0) throw new Error(UNKNOWN);
  return probe.contextPointer + found * 4;
}

/** Address of the 64 bits from which `Math.random` makes its next number. Throws when they cannot be told from others. */
export function findRandomState(probe: ContextProbe): number {
  const before = wordsAfter(probe, "Math.random()");
  const after = wordsAfter(probe, "Math.random()");
  const state = (words: Int32Array, index: number): bigint =>
    BigInt.asUintN(64, (BigInt(words[index + 1] ?? 0) << 32n) | BigInt((words[index] ?? 0) >>> 0));
  const found: number[] = [];
  for (let index = 0; index < WORDS; index += 2) {
    const old = state(before, index);
    if (old !== 0n && state(after, index) === nextState(old)) found.push(index);
  }
  const [index] = found;
  if (index === undefined || found.length > 1) throw new Error(UNKNOWN);
  return probe.contextPointer + index * 4;
}

/** The engine's generator, xorshift64*: the step of its state. */
function nextState(state: bigint): bigint {
  let next = state ^ (state >> 12n);
  next = BigInt.asUintN(64, next ^ (next << 25n));
  return next ^ (next >> 27n);
}
