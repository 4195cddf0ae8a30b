import { useEffect, useState } from "react";
import type * as setup from "./setup";

export type MonacoParts = typeof setup;

let loading: Promise<MonacoParts> | undefined;
let loaded: MonacoParts | undefined;

/** Loads Monaco once; it is large, so the page asks main what it shows first. */
export function loadMonaco(): Promise<MonacoParts> {
  loading ??= import("./setup").then((parts) => (loaded = parts));
  return loading;
}

/** Monaco when it is there; `undefined` until then. */
export function useMonaco(): MonacoParts | undefined {
  const [parts, setParts] = useState(loaded);
  useEffect(() => {
    let isMounted = true;
    if (parts === undefined) void loadMonaco().then((next) => isMounted && setParts(next));
    return () => {
      isMounted = false;
    };
  }, [parts]);
  return parts;
}
