import { BookOpen, Command, FilePlus, FolderOpen, Keyboard, Play, ScrollText } from "lucide-react";
import type { ReactNode } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { baseName, isScript } from "../../state/paths";
import { fileTab } from "../../state/reveal";
import { Button, Callout, Kbd, PathText } from "../../ui";
import { fileIcon } from "../../ui/fileIcon";
import "./welcome.css";

const MAX_SCRIPTS = 8;

/** What the editor area shows while nothing is open: where to start. */
export function Welcome() {
  const { workspace, files, tabs, commands, notices, settings } = useWorkbench();
  const tourDone = useValue(settings.store, (state) => state.settings.tourDone);
  const { workspace: open, recent } = useValue(workspace.store, (state) => state);
  const all = useValue(files.store, (state) => state.all);
  const scripts = all.filter(isScript).slice(0, MAX_SCRIPTS);
  const readme = all.find((path) => /^readme\.md$/i.test(path));
  const others = recent.filter((root) => root !== open?.root).slice(0, 5);
  return (
    <div className="welcome">
      <div className="welcome-page">
        <h2>{open === null ? "VM Workbench" : open.name}</h2>
        <p className="welcome-lead">
          {open === null
            ? "Run JavaScript in sessions that may do exactly what their template says."
            : open.sample
              ? "A sample workspace: a web-server log, three templates and scripts to try. Change anything; it is yours."
              : "Open a script, choose a template, and run."}
        </p>
        {!tourDone && (
          <div className="welcome-offer">
            <Callout
              tone="info"
              actions={
                <>
                  <Button
                    size="small"
                    variant="quiet"
                    onClick={() => notices.attempt(() => settings.change({ tourDone: true }))}
                  >
                    No, thanks
                  </Button>
                  <Button size="small" variant="primary" onClick={() => commands.run("app.tour")}>
                    Show me around
                  </Button>
                </>
              }
            >
              New here? Four remarks explain the window.
            </Callout>
          </div>
        )}
        <div className="welcome-columns">
          <section aria-label="Start">
            <h3>Start</h3>
            <Act
              icon={<FolderOpen aria-hidden />}
              title="Open folder…"
              keys={commands.keysOf("workspace.open")}
              onClick={() => commands.run("workspace.open")}
            />
            {open === null || !open.sample ? (
              <Act
                icon={<Play aria-hidden />}
                title="Open the sample workspace"
                onClick={() => commands.run("workspace.openSample")}
              />
            ) : null}
            {open !== null && (
              <>
                <Act
                  icon={<FilePlus aria-hidden />}
                  title="New file"
                  keys={commands.keysOf("file.new")}
                  onClick={() => commands.run("file.new")}
                />
                <Act
                  icon={<ScrollText aria-hidden />}
                  title="New template…"
                  onClick={() => commands.run("template.new")}
                />
              </>
            )}
            <Act
              icon={<Command aria-hidden />}
              title="Command palette"
              keys={commands.keysOf("app.palette")}
              onClick={() => commands.run("app.palette")}
            />
            <Act
              icon={<Keyboard aria-hidden />}
              title="Keyboard shortcuts"
              onClick={() => commands.run("app.shortcuts")}
            />
            <Act
              icon={<BookOpen aria-hidden />}
              title="Take the tour"
              onClick={() => commands.run("app.tour")}
            />
          </section>
          {open !== null && scripts.length > 0 && (
            <section aria-label="Scripts">
              <h3>Scripts</h3>
              {scripts.map((path) => (
                <Act
                  key={path}
                  icon={fileIcon(path)}
                  title={<PathText path={path} />}
                  onClick={() => tabs.open(fileTab(path))}
                />
              ))}
              {readme !== undefined && (
                <Act
                  icon={fileIcon(readme)}
                  title={baseName(readme)}
                  onClick={() => tabs.open(fileTab(readme))}
                />
              )}
            </section>
          )}
          {others.length > 0 && (
            <section aria-label="Recent folders">
              <h3>Recent</h3>
              {others.map((root) => (
                <Act
                  key={root}
                  icon={<FolderOpen aria-hidden />}
                  title={<PathText path={root} />}
                  onClick={() => notices.attempt(() => workspace.open(root))}
                />
              ))}
            </section>
          )}
        </div>
      </div>
    </div>
  );
}

function Act({
  icon,
  title,
  keys,
  onClick,
}: {
  icon: ReactNode;
  title: ReactNode;
  keys?: string | undefined;
  onClick(): void;
}) {
  return (
    <button type="button" className="welcome-act" onClick={onClick}>
      {icon}
      <span>{title}</span>
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  );
}
