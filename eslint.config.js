import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Only these may touch Electron's raw IPC: everything else goes through the contract. */
const rawIpc = ["ipcMain", "ipcRenderer", "contextBridge"];
const electronImport = {
  name: "electron",
  message: "Only main/app (and main/ipc for ipcMain) may import electron: the core runs in plain Node too.",
};

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "release/",
      "node_modules/",
      "test-results/",
      "playwright-report/",
      "scripts/testing/fixtures/",
      "main/workspace/sample-files/",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.strict],
    languageOptions: {
      parserOptions: {
        project: [
          "./tsconfig.json",
          "./tsconfig.guest.json",
          "./renderer/tsconfig.json",
          "./e2e/tsconfig.json",
          "./bench/window/page/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" },
      ],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unified-signatures": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "no-control-regex": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration",
          message: "Named exports only: a thing keeps its name wherever it is used.",
        },
      ],
      "no-restricted-imports": ["error", { paths: [electronImport] }],
      // `== null` means "null or undefined"; everything else compares strictly.
      eqeqeq: ["error", "always", { null: "ignore" }],
      // Props and stores are objects of functions that never use `this`.
      "@typescript-eslint/unbound-method": "off",
      // Wrong about values that a signature of `unknown` receives, and its fix then breaks the type.
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "no-shadow-restricted-names": ["error", { reportGlobalThis: false }],
    },
  },
  {
    // Tools that demand a default export, and the guest halves, whose default export is what the VM evaluates.
    files: [
      "**/*.config.ts",
      "scripts/testing/*.ts",
      "main/modules/*/guest.ts",
      "main/vm/guest/prelude.ts",
      "**/*.d.ts",
    ],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["main/app/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "electron",
              importNames: rawIpc.filter((name) => name === "ipcMain"),
              message: "ipcMain belongs to main/ipc, whose router checks the sender.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["main/ipc/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "electron",
              allowImportNames: ["ipcMain", "IpcMainInvokeEvent", "WebContents", "WebFrameMain"],
              message: electronImport.message,
            },
          ],
        },
      ],
    },
  },
  { files: ["e2e/**/*.ts"], rules: { "no-restricted-imports": "off", "no-empty-pattern": "off" } },
  {
    files: ["renderer/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat["recommended-latest"]],
    // Says what the React compiler would skip, such as virtual lists; the build does not use it.
    rules: { "react-hooks/incompatible-library": "off" },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: {
        AbortController: "readonly",
        AbortSignal: "readonly",
        Buffer: "readonly",
        console: "readonly",
        fetch: "readonly",
        module: "writable",
        performance: "readonly",
        process: "readonly",
        require: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
        setImmediate: "readonly",
        structuredClone: "readonly",
        TextDecoder: "readonly",
        TextEncoder: "readonly",
        URL: "readonly",
        WebAssembly: "readonly",
      },
    },
  },
);
