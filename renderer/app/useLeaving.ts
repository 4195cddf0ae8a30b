import { useEffect } from "react";
import { useWorkbench } from "../state/context";

/** Hands everything that waits to main before the page goes away. */
export function useLeaving(): void {
  const { persistence } = useWorkbench();
  useEffect(() => {
    const flush = () => void persistence.flush();
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", flush);
    };
  }, [persistence]);
  useEffect(() => {
    // A file dropped beside a drop target must not replace the page.
    const refuse = (event: DragEvent) => event.preventDefault();
    window.addEventListener("dragover", refuse);
    window.addEventListener("drop", refuse);
    return () => {
      window.removeEventListener("dragover", refuse);
      window.removeEventListener("drop", refuse);
    };
  }, []);
}
