import type { WorkbenchBridge } from "../../shared/ipc/contract";

declare global {
  interface Window {
    /** The contract that the preload script exposes: the page's only way out. */
    readonly workbench: WorkbenchBridge;
  }
}
