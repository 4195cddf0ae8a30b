import { useEffect, useState } from "react";
import { useMonaco } from "../monaco/load";
import { themeOf, type Look } from "../monaco/themes";
import { useValue, useWorkbench } from "../state/context";

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const media = window.matchMedia(query);
    const update = () => setMatches(media.matches);
    update();
    media.addEventListener("change", update);
    return () => media.removeEventListener("change", update);
  }, [query]);
  return matches;
}

/** Applies theme and motion settings to the page and to Monaco; "system" follows the system as it changes. */
export function useAppearance(): void {
  const { settings } = useWorkbench();
  const theme = useValue(settings.store, (state) => state.settings.theme);
  const motion = useValue(settings.store, (state) => state.settings.reducedMotion);
  const isDark = useMedia("(prefers-color-scheme: dark)");
  const wantsContrast = useMedia("(prefers-contrast: more)");
  const wantsLessMotion = useMedia("(prefers-reduced-motion: reduce)");
  const parts = useMonaco();
  const look: Look = theme !== "system" ? theme : wantsContrast ? "highContrast" : isDark ? "dark" : "light";
  const isReduced = motion === "on" || (motion === "system" && wantsLessMotion);

  useEffect(() => {
    document.documentElement.dataset["theme"] = look;
    parts?.monaco.editor.setTheme(themeOf(look));
  }, [look, parts]);
  useEffect(() => {
    document.documentElement.dataset["motion"] = isReduced ? "reduced" : "full";
  }, [isReduced]);
}
