// @ts-check

/**
 * @typedef {(line: string) => void} Log
 * @typedef {{ update(done: number): void, end(): void }} Progress
 */

/**
 * Progress of a long step: one line that is rewritten in place on a terminal, a line every ten per cent elsewhere
 * (a log file should stay readable).
 *
 * @param {{ label: string, total: number, log: Log, terminal?: NodeJS.WriteStream }} options `total` in bytes; 0 when
 *   unknown
 * @returns {Progress}
 */
export function createProgress({ label, total, log, terminal = process.stderr }) {
  return terminal.isTTY ? onTerminal(label, total, terminal) : inLog(label, total, log);
}

/**
 * @param {string} label
 * @param {number} total
 * @param {NodeJS.WriteStream} terminal
 * @returns {Progress}
 */
function onTerminal(label, total, terminal) {
  let drawnAt = 0;
  let last = "";
  const draw = (/** @type {number} */ done) => {
    last = `${label} ${describe(done, total)}`;
    terminal.write(`\r\u001b[2K${last}`);
  };
  return {
    update(done) {
      if (Date.now() - drawnAt < 100) return;
      drawnAt = Date.now();
      draw(done);
    },
    end() {
      if (last) terminal.write("\r\u001b[2K");
    },
  };
}

/**
 * @param {string} label
 * @param {number} total
 * @param {Log} log
 * @returns {Progress}
 */
function inLog(label, total, log) {
  const step = total > 0 ? total / 10 : 20 * megabyte;
  let next = step;
  return {
    update(done) {
      if (done < next) return;
      next = (Math.floor(done / step) + 1) * step;
      log(`${label} ${describe(done, total)}`);
    },
    end() {},
  };
}

const megabyte = 1_000_000;

/**
 * @param {number} done
 * @param {number} total
 */
function describe(done, total) {
  const size = `${Math.round(done / megabyte)} MB`;
  if (total <= 0) return size;
  return `${Math.min(100, Math.floor((done / total) * 100))} % (${size} of ${Math.round(total / megabyte)} MB)`;
}
