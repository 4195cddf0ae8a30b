import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";

/** Monaco is a part of its own, loaded while the page asks main what it shows; the browser fetches it with the page. */
const preloadMonaco: Plugin = {
  name: "preload-monaco",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((output) => output.type === "chunk");
      const setup = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith("/monaco/setup.ts"));
      if (setup === undefined) return [];
      const entry = chunks.find(({ isEntry }) => isEntry);
      const parts = chunks.filter(
        (chunk) => chunk === setup || (chunk !== entry && setup.imports.includes(chunk.fileName)),
      );
      const link = (rel: string, fileName: string): HtmlTagDescriptor => ({
        tag: "link",
        attrs: { rel, crossorigin: true, href: `./${fileName}` },
        injectTo: "head",
      });
      return [
        ...parts.map(({ fileName }) => link("modulepreload", fileName)),
        // The import would ask for them first, and wait.
        ...parts.flatMap(({ viteMetadata }) =>
          [...(viteMetadata?.importedCss ?? [])].map((fileName) => link("stylesheet", fileName)),
        ),
      ];
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
