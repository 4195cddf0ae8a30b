import type { Risk } from "../../../shared/model/module";
import { Badge, type Tone } from "../../ui";

const RISKS: Readonly<Record<Risk, { words: string; tone: Tone }>> = {
  pure: { words: "computes only", tone: "success" },
  workspace: { words: "touches files", tone: "warning" },
  host: { words: "reaches the host", tone: "danger" },
};

/** What a module can touch at most, whatever its configuration. */
export const RiskBadge = ({ risk }: { risk: Risk }) => (
  <Badge tone={RISKS[risk].tone}>{RISKS[risk].words}</Badge>
);
