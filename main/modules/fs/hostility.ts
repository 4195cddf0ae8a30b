import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [
    { what: "files that are read", open: 'fs.promises.readFile("README.md")' },
    { what: "files that are written", open: 'fs.promises.writeFile("out.txt", "x")' },
    { what: "files that are copied", open: 'fs.promises.copyFile("README.md", "copy.md")' },
  ],
  slow: [
    'fs.copyFileSync("huge.bin", "copy.bin")',
    'await fs.promises.copyFile("huge.bin", "copy.bin")',
    'for (;;) try { fs.readFileSync("huge.bin") } catch {}',
    'for (;;) fs.readdirSync(".", { recursive: true })',
    'for (;;) await fs.promises.writeFile("out.bin", new Uint8Array(2e7))',
  ],
  denied: [
    'fs.readFileSync("/etc/passwd")',
    'fs.readFileSync("../secret")',
    'fs.promises.readFile("/etc/passwd", "utf8")',
    'fs.readdirSync("/")',
    'fs.statSync("/etc")',
    'fs.writeFileSync("README.md", "x")',
    'fs.rmSync("data", { recursive: true })',
    'fs.promises.mkdir("new")',
  ],
};
