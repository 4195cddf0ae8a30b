import type { DifferentialTable } from "../testing/differential/run";

/** Calls of `os` that are compared with Node. */
export const differential: DifferentialTable = {
  calls: [
    "os.EOL",
    "os.platform()",
    "os.arch()",
    "os.type()",
    "os.release()",
    "os.hostname()",
    "os.homedir()",
    "os.tmpdir()",
    "os.totalmem()",
    "os.cpus().map(({ model }) => model)",
    "Object.keys(os.cpus()[0])",
    "Object.keys(os.cpus()[0].times)",
    "os.platform(1, 2, 3)",
    "os.hostname(Symbol('x'))",
    "os.platform.name",
  ],
};
