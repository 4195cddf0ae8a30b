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

/** Shows the workspace that is open; called again when another one is opened. */
function show(): void {
  const workbench = startWorkbench(openBridge(window.workbench), show);
  root.render(<App key={Date.now()} workbench={workbench} />);
}
show();
