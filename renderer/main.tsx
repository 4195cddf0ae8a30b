import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { config } from "zod";
import { App } from "./app/App";
import { startWorkbench } from "./app/start";
import { openBridge } from "./state/bridge";
import "./styles/tokens.css";
import "./styles/base.css";

// zod would probe for eval, which the content security policy forbids and reports.
config({ jitless: true });

const host = document.getElementById("root");
if (host === null) throw new Error("The page has no root element.");
const root = createRoot(host);

/** Longest wait for what main knows before the window is drawn without it. */
const PATIENCE_MS = 300;

let newest = 0;

/**
 * Shows the workspace that is open; called again when another one is opened. The window is drawn once, with everything
 * in its place, unless that takes long.
 */
function show(): void {
  root.render(null);
  const { workbench, loaded } = startWorkbench(openBridge(window.workbench), show);
  const own = ++newest;
  const draw = () => {
    if (own === newest) root.render(<App key={own} workbench={workbench} />);
  };
  const patience = setTimeout(draw, PATIENCE_MS);
  void loaded.then(() => {
    clearTimeout(patience);
    flushSync(draw);
    performance.mark("ready");
    document.documentElement.dataset["appState"] = "ready";
  });
}
show();
