import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  openHandle: 'fs.promises.readFile("README.md")',
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
