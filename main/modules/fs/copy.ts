import * as nodeFs from "node:fs";
import { promisify } from "node:util";
import type { OpenFile } from "./anchor";

/** Up to this size the system copies or reads a file in one call, which nothing can stop: a fraction of a second. */
export const WHOLE_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 4 * 1024 * 1024;

export interface Copying {
  readonly source: OpenFile;
  readonly target: OpenFile;
  readonly mode: number;
}

const copyWhole = promisify(nodeFs.copyFile);
const read = promisify(nodeFs.read);
const write = promisify(nodeFs.write);

/** Copies from one open file to the other as Node's `copyFileSync` does; calls `check`, which may throw, between pieces. */
export function copySync({ source, target, mode }: Copying, check: () => void): void {
  const whole = (how: number): void => nodeFs.copyFileSync(source.path, target.path, how);
  if (isSmall(source) || mustClone(mode)) return whole(mode);
  if (mayClone(mode) && succeeds(() => whole(nodeFs.constants.COPYFILE_FICLONE_FORCE))) return;
  if (!begin(source, target)) return;
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (;;) {
    check();
    const length = nodeFs.readSync(source.descriptor, piece, 0, piece.length, null);
    if (length === 0) return;
    for (let done = 0; done < length;)
      done += nodeFs.writeSync(target.descriptor, piece, done, length - done);
  }
}

/** As {@link copySync}, in the background. */
export async function copy({ source, target, mode }: Copying, check: () => void): Promise<void> {
  const whole = (how: number): Promise<void> => copyWhole(source.path, target.path, how);
  if (isSmall(source) || mustClone(mode)) return whole(mode);
  if (mayClone(mode)) {
    const cloned = await whole(nodeFs.constants.COPYFILE_FICLONE_FORCE).then(
      () => true,
      () => false,
    );
    if (cloned) return;
  }
  if (!begin(source, target)) return;
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (;;) {
    check();
    const { bytesRead } = await read(source.descriptor, piece, 0, piece.length, null);
    if (bytesRead === 0) return;
    for (let done = 0; done < bytesRead;)
      done += (await write(target.descriptor, piece, done, bytesRead - done)).bytesWritten;
  }
}

const isSmall = ({ stats }: OpenFile): boolean => stats.size <= WHOLE_BYTES;
const mayClone = (mode: number): boolean => (mode & nodeFs.constants.COPYFILE_FICLONE) !== 0;
const mustClone = (mode: number): boolean => (mode & nodeFs.constants.COPYFILE_FICLONE_FORCE) !== 0;

function succeeds(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** Empties the target and gives it the source's mode, as the system's copy does; `false` for one and the same file. */
function begin(source: OpenFile, target: OpenFile): boolean {
  if (source.stats.ino === target.stats.ino && source.stats.dev === target.stats.dev) return false;
  nodeFs.ftruncateSync(target.descriptor);
  nodeFs.fchmodSync(target.descriptor, source.stats.mode & 0o7777);
  return true;
}
