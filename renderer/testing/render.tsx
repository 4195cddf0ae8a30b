import { cleanup, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach } from "vitest";
import { WorkbenchProvider } from "../state/context";
import type { Workbench } from "../state/workbench";
import { TooltipProvider } from "../ui";

afterEach(cleanup);

// jsdom lays nothing out: lists that draw only what is in view need a height, and primitives need these functions.
for (const [name, size] of Object.entries({ clientHeight: 600, clientWidth: 800, offsetHeight: 20 })) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
}
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.hasPointerCapture = () => false;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

/** Renders a part of the window inside the workbench that it needs. */
export function renderIn(workbench: Workbench, node: ReactNode) {
  return render(
    <WorkbenchProvider value={workbench}>
      <TooltipProvider>{node}</TooltipProvider>
    </WorkbenchProvider>,
  );
}
