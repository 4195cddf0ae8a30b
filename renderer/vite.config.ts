import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** Monaco is loaded once the window has drawn its frame; the browser fetches and compiles it meanwhile. */
const preloadMonaco: Plugin = {
  name: "preload-monaco",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((output) => output.type === "chunk");
      const setup = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith("/monaco/setup.ts"));
      if (setup === undefined) return [];
      const entry = chunks.find(({ isEntry }) => isEntry);
      return [setup.fileName, ...setup.imports]
        .filter((fileName) => fileName !== entry?.fileName)
        .map((fileName) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `./${fileName}` },
          injectTo: "head" as const,
        }));
    },
  },
};

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Relative addresses: the page is served from the application's own scheme, whatever its host part.
  base: "./",
  plugins: [react(), preloadMonaco],
  build: {
    outDir: fileURLToPath(new URL("../dist/renderer", import.meta.url)),
    emptyOutDir: true,
    target: "chrome130",
    // The content security policy allows fonts and scripts from our origin only, so nothing becomes a data: address.
    assetsInlineLimit: 0,
    // Monaco with its language services is one big chunk by nature.
    chunkSizeWarningLimit: 8000,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  worker: { format: "es" },
});
