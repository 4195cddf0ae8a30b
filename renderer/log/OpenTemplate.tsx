import { ScrollText } from "lucide-react";
import type { SessionId } from "../../shared/model/ids";
import { useValue, useWorkbench } from "../state/context";
import { templateTab } from "../state/templateTab";
import { Button } from "../ui";

/** Leads to the template of a session, where what stopped its script is decided; nothing when that is gone. */
export function OpenTemplate({ sessionId }: { sessionId: SessionId | undefined }) {
  const { sessions, templates, tabs } = useWorkbench();
  const templateId = useValue(
    sessions.store,
    (state) => state.sessions.find((candidate) => candidate.id === sessionId)?.template.id,
  );
  const entry = useValue(templates.store, (state) =>
    state.templates.find((candidate) => candidate.template?.id === templateId),
  );
  if (entry === undefined) return null;
  return (
    <Button
      size="small"
      icon={<ScrollText size={12} aria-hidden />}
      onClick={() => tabs.open(templateTab(entry))}
    >
      Open {entry.name}
    </Button>
  );
}
