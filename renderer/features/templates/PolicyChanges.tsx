import { ArrowDownRight, ArrowUpRight, Minus } from "lucide-react";
import type { PolicyChange } from "../../../shared/ipc/templates";

const KINDS = {
  widens: { Icon: ArrowUpRight, words: "widens" },
  narrows: { Icon: ArrowDownRight, words: "narrows" },
  neutral: { Icon: Minus, words: "neither" },
} as const;

/** Differences in policy, in words; what widens is marked first and by more than a colour. */
export function PolicyChanges({ changes }: { changes: readonly PolicyChange[] }) {
  if (changes.length === 0) return <p className="muted">The policy is the same.</p>;
  return (
    <ul className="policy" aria-label="Policy changes">
      {changes.map((change) => {
        const { Icon, words } = KINDS[change.kind];
        return (
          <li
            key={`${change.path.join(".")}:${change.text}`}
            className={`policy-change policy-${change.kind}`}
          >
            <Icon size={14} aria-hidden />
            <span className="policy-kind">{words}</span>
            <span>{change.text}</span>
          </li>
        );
      })}
    </ul>
  );
}
