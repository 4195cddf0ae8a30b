import type { Workbench } from "../../state/workbench";
import { Notices } from "./Notices";

/** Short messages at the edge of the window, from the page and from main. */
export function registerNotices({ places, client, notices, announcer }: Workbench): void {
  places.overlays.add({ id: "notices", View: Notices });
  client.on("app.notice", (notice) => notices.show(notice));
  notices.store.subscribe(({ notices: all }, before) => {
    const newest = all.at(-1);
    if (newest !== undefined && newest !== before.notices.at(-1))
      announcer.say(newest.message, newest.severity === "error" ? "assertive" : "polite");
  });
}
