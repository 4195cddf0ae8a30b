import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [
    { what: "sleeps", open: "timer.sleep(1e6)" },
    { what: "timeouts", open: 'timer.setTimeout(1e6, "value", { signal: new AbortController().signal })' },
    {
      what: "intervals",
      before: "const begin = (interval) => { interval.next(); return interval; };",
      open: "begin(timer.setInterval(1e6))",
    },
  ],
  slow: ["await timer.sleep(1e6)"],
  denied: [],
};
