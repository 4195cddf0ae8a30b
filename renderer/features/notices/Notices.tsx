import { useEffect } from "react";
import { Toaster, toast, type ExternalToast } from "sonner";
import { useValue, useWorkbench } from "../../state/context";
import type { Notice } from "../../state/notices";
import "./notices.css";

const LONG_MS = 12_000;
const SHORT_MS = 5000;

function show({ severity, message, code, action }: Notice): void {
  const options: ExternalToast = {
    duration: severity === "error" || action !== undefined ? LONG_MS : SHORT_MS,
    closeButton: true,
    ...(code === undefined ? {} : { description: code }),
    ...(action === undefined ? {} : { action: { label: action.label, onClick: action.run } }),
  };
  toast[severity](message, options);
}

/** Shows notices one by one as they come. */
export function Notices() {
  const { notices, settings } = useWorkbench();
  const theme = useValue(settings.store, (state) => state.settings.theme);
  useEffect(() => {
    let last = 0;
    const showNew = () => {
      for (const notice of notices.store.getState().notices) {
        if (notice.id <= last) continue;
        last = notice.id;
        show(notice);
      }
    };
    showNew();
    return notices.store.subscribe(showNew);
  }, [notices]);
  return (
    <Toaster
      position="bottom-right"
      theme={theme === "highContrast" ? "dark" : theme}
      gap={8}
      offset={{ bottom: 34, right: 14 }}
      visibleToasts={4}
      containerAriaLabel="Notices"
    />
  );
}
