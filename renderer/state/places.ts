import type { ComponentType, ReactNode } from "react";
import { createRegistry, type Registry } from "./registry";
import type { Tab } from "./tabs";

/** A view of the side bar. */
export interface SideBarView {
  readonly id: string;
  readonly title: string;
  readonly icon: ComponentType<{ "aria-hidden"?: boolean }>;
  readonly order: number;
  readonly View: ComponentType;
  /** Buttons beside the title. */
  readonly Actions?: ComponentType;
}

/** A tab of the panel below the editor. */
export interface PanelView {
  readonly id: string;
  readonly title: string;
  readonly order: number;
  readonly View: ComponentType;
  /** Keys of the command that shows it. */
  readonly keys?: readonly string[];
  /** A small number or mark on the tab. */
  readonly Badge?: ComponentType;
  /** Controls at the end of the tab row while this view is shown. */
  readonly Actions?: ComponentType;
}

export interface TabProps {
  readonly tab: Tab;
  readonly groupId: string;
}

/** A kind of document in the editor area. `id` is the kind's name, such as `script` or `template`. */
export interface TabKind {
  readonly id: string;
  /** The tab's name: that of its document. */
  title(tab: Tab): string;
  /** Longer words for the tooltip, such as the whole path. */
  describe?(tab: Tab): string;
  icon(tab: Tab): ReactNode;
  readonly View: ComponentType<TabProps>;
  /** One `View` serves all tabs of this kind in a group and stays mounted while others are shown. */
  readonly shared?: true;
  /** A hook: whether the document has unsaved changes, is gone, or is shown struck out. */
  useMark?(tab: Tab): "clean" | "dirty" | "missing";
  /** Asked before the tab closes; `false` keeps it. */
  mayClose?(tab: Tab): Promise<boolean>;
  /** Saves the document; `Mod+S` calls it. */
  save?(tab: Tab): Promise<void>;
  /** The tab's last place was closed: release what belongs to the document. */
  closed?(tab: Tab): void;
}

export interface Places {
  readonly views: Registry<SideBarView>;
  readonly panels: Registry<PanelView>;
  readonly tabKinds: Registry<TabKind>;
  /** Small parts of the status bar. */
  readonly statusItems: Registry<StatusItem>;
  /** Parts that are always mounted: dialogs, tours, notices. */
  readonly overlays: Registry<Overlay>;
}

export interface StatusItem {
  readonly id: string;
  readonly order: number;
  readonly side: "start" | "end";
  readonly View: ComponentType;
}

export interface Overlay {
  readonly id: string;
  readonly View: ComponentType;
}

export function createPlaces(): Places {
  return {
    views: createRegistry<SideBarView>("side bar view"),
    panels: createRegistry<PanelView>("panel view"),
    tabKinds: createRegistry<TabKind>("tab kind"),
    statusItems: createRegistry<StatusItem>("status item"),
    overlays: createRegistry<Overlay>("overlay"),
  };
}
