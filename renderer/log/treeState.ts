import { createStore } from "zustand/vanilla";
import type { SessionId } from "../../shared/model/ids";
import type { PropertyPreview, ValuePreview } from "../../shared/model/value";
import { isLive } from "../state/sessions";
import type { Workbench } from "../state/workbench";

interface Node {
  readonly isOpen: boolean;
  readonly isLoading: boolean;
  readonly properties: readonly PropertyPreview[];
  readonly hasMore: boolean;
  readonly note?: string;
}

interface TreeState {
  readonly nodes: Readonly<Record<string, Node>>;
  readonly getters: Readonly<Record<string, ValuePreview>>;
  /** Long texts and tables that are shown whole. */
  readonly whole: ReadonlySet<string>;
}

/** Which values are open and what the session gave for them; kept here because rows come and go while scrolling. */
export const treeStore = createStore<TreeState>(() => ({
  nodes: {},
  getters: {},
  whole: new Set(),
}));

/** Shows all of something long, or its beginning again. */
export function toggleWhole(key: string): void {
  treeStore.setState(({ whole }) => {
    const next = new Set(whole);
    if (!next.delete(key)) next.add(key);
    return { whole: next };
  });
}

/** Properties fetched at a time. */
export const PAGE = 100;

const put = (key: string, node: Node) =>
  treeStore.setState(({ nodes }) => ({ nodes: { ...nodes, [key]: node } }));

/** Opens or closes a value; the first time, its properties come from the live session. */
export async function toggleNode(
  workbench: Workbench,
  sessionId: SessionId | undefined,
  value: ValuePreview,
  key: string,
): Promise<void> {
  const known = treeStore.getState().nodes[key];
  if (known !== undefined) {
    put(key, { ...known, isOpen: !known.isOpen });
    return;
  }
  const session = sessionId === undefined ? undefined : workbench.sessions.get(sessionId);
  const preview = value.properties ?? [];
  const shownFromPreview: Node = { isOpen: true, isLoading: false, properties: preview, hasMore: false };
  if (value.objectId === undefined || session === undefined || !isLive(session)) {
    const isWhole = value.truncated !== true && preview.length > 0;
    put(key, {
      ...shownFromPreview,
      ...(isWhole ? {} : { note: "The session is gone; this is what was kept." }),
    });
    return;
  }
  put(key, { ...shownFromPreview, isLoading: preview.length === 0 });
  try {
    const properties = await fetchPage(workbench, session.id, value.objectId, 0);
    put(key, { isOpen: true, isLoading: false, properties, hasMore: properties.length >= PAGE });
  } catch {
    put(key, { ...shownFromPreview, note: "The session no longer holds this value; this is what was kept." });
  }
}

/** Adds the next page of properties to a node that is open. */
export async function loadMore(
  workbench: Workbench,
  sessionId: SessionId | undefined,
  value: ValuePreview,
  key: string,
): Promise<void> {
  const node = treeStore.getState().nodes[key];
  if (node === undefined || sessionId === undefined || value.objectId === undefined) return;
  const more = await fetchPage(workbench, sessionId, value.objectId, node.properties.length);
  put(key, { ...node, properties: [...node.properties, ...more], hasMore: more.length >= PAGE });
}

/** Runs a getter because the user asked for it; what it throws stands where its value would. */
export async function runGetter(
  workbench: Workbench,
  sessionId: SessionId | undefined,
  owner: ValuePreview,
  name: string,
  key: string,
): Promise<void> {
  if (sessionId === undefined || owner.objectId === undefined) return;
  const value = await workbench.client
    .request("values.invokeGetter", { sessionId, objectId: owner.objectId, name })
    .then(
      (answer): ValuePreview => answer.value,
      (error: unknown): ValuePreview => ({
        type: "object",
        subtype: "error",
        preview: `threw: ${error instanceof Error ? error.message : String(error)}`,
      }),
    );
  treeStore.setState(({ getters }) => ({ getters: { ...getters, [key]: value } }));
}

async function fetchPage(
  workbench: Workbench,
  sessionId: SessionId,
  objectId: string,
  start: number,
): Promise<PropertyPreview[]> {
  return (await workbench.client.request("values.expand", { sessionId, objectId, start, count: PAGE }))
    .properties;
}
