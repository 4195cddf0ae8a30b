import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Relative addresses: the page is served from the application's own scheme, whatever its host part.
  base: "./",
  plugins: [react()],
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
