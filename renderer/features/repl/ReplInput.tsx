import { ChevronRight } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { consoleOptions } from "../../log/options";
import { cx } from "../../ui";

interface Suggestions {
  readonly from: number;
  readonly items: readonly {
    readonly label: string;
    readonly kind: string;
    readonly detail?: string | undefined;
    readonly summary?: string | undefined;
  }[];
  readonly chosen: number;
}

const DELAY_MS = 80;
const MAX_SUGGESTIONS = 50;
const MAX_ROWS = 10;

/**
 * The REPL's text box: Enter runs what is complete and breaks the line of what is not, Shift+Enter always breaks it;
 * Up and Down walk through the history at the first and last line; completion follows typing.
 */
export function ReplInput() {
  const { repl, run, sessions, client, notices } = useWorkbench();
  const draft = useValue(repl.store, (state) => state.draft);
  const sessionId = useValue(run.store, (state) => state.session);
  const isBusy = useValue(
    sessions.store,
    (state) => state.sessions.find((session) => session.id === sessionId)?.busyWith !== undefined,
  );
  const isStarting = useValue(run.store, (state) => state.phase.kind === "starting");
  const [suggestions, setSuggestions] = useState<Suggestions>();
  const input = useRef<HTMLTextAreaElement>(null);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const listId = useId();

  useEffect(() => () => clearTimeout(timer.current), []);

  const close = () => {
    asked.current += 1;
    clearTimeout(timer.current);
    setSuggestions(undefined);
  };

  const complete = (source: string, cursor: number) => {
    if (sessionId === null || isBusy) return;
    asked.current += 1;
    const mine = asked.current;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      client.request("repl.complete", { sessionId, source, cursor }).then(
        ({ from, items }) => {
          if (mine !== asked.current) return;
          const typed = source.slice(from, cursor);
          const isDone = items.length === 0 || (items.length === 1 && items[0]?.label === typed);
          setSuggestions(isDone ? undefined : { from, items: items.slice(0, MAX_SUGGESTIONS), chosen: 0 });
        },
        // A session that is busy or gone completes nothing.
        () => undefined,
      );
    }, DELAY_MS);
  };

  const accept = ({ from, items, chosen }: Suggestions) => {
    const item = items[chosen];
    const element = input.current;
    if (item === undefined || element === null) return;
    const cursor = element.selectionStart;
    const next = draft.slice(0, from) + item.label + draft.slice(cursor);
    repl.edit(next);
    close();
    requestAnimationFrame(() =>
      element.setSelectionRange(from + item.label.length, from + item.label.length),
    );
  };

  const submit = () =>
    notices.attempt(async () => {
      const source = draft;
      if (source.trim() === "" || isBusy || isStarting) return;
      close();
      const check = await client.request("repl.check", { source });
      if (check.state === "incomplete") {
        repl.edit(`${source}\n`);
        return;
      }
      repl.ran(source);
      // Who runs something wants to see what comes of it.
      consoleOptions.setState({ follow: true });
      await run.evaluate(source);
    });

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    if (suggestions !== undefined) {
      const count = suggestions.items.length;
      const move = (by: number) =>
        setSuggestions({ ...suggestions, chosen: (suggestions.chosen + by + count) % count });
      const acts: Readonly<Record<string, (() => void) | undefined>> = {
        ArrowDown: () => move(1),
        ArrowUp: () => move(-1),
        Tab: () => accept(suggestions),
        Escape: close,
      };
      const act = acts[event.key];
      if (act !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        act();
        return;
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
      return;
    }
    const isFirstLine = !value.slice(0, selectionStart).includes("\n");
    const isLastLine = !value.slice(selectionEnd).includes("\n");
    if (
      (event.key === "ArrowUp" && isFirstLine && repl.walk(-1)) ||
      (event.key === "ArrowDown" && isLastLine && repl.walk(1))
    ) {
      event.preventDefault();
      close();
    }
  };

  const rows = Math.min(MAX_ROWS, draft.split("\n").length);
  return (
    <div className="repl-input">
      {suggestions !== undefined && (
        <ul id={listId} role="listbox" aria-label="Completions" className="repl-completions">
          {suggestions.items.map((item, index) => (
            <li
              key={`${item.kind}:${item.label}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === suggestions.chosen}
              className={cx("repl-completion", index === suggestions.chosen && "repl-completion-chosen")}
              ref={(element) => {
                if (index === suggestions.chosen) element?.scrollIntoView({ block: "nearest" });
              }}
              onMouseDown={(event) => {
                event.preventDefault();
                accept({ ...suggestions, chosen: index });
              }}
            >
              <span>{item.label}</span>
              <span className="repl-completion-detail muted">{item.detail ?? item.kind}</span>
              {index === suggestions.chosen && item.summary !== undefined && item.summary !== "" && (
                <span className="repl-completion-summary">{item.summary}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <ChevronRight size={14} aria-hidden className="repl-prompt" />
      <textarea
        ref={input}
        aria-label="REPL input"
        aria-autocomplete="list"
        aria-controls={suggestions === undefined ? undefined : listId}
        aria-activedescendant={suggestions === undefined ? undefined : `${listId}-${suggestions.chosen}`}
        placeholder={
          sessionId === null
            ? "Type JavaScript; Enter starts a session and runs it"
            : "Type JavaScript and press Enter"
        }
        rows={rows}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          repl.edit(event.target.value);
          const cursor = event.target.selectionStart;
          if (/[\w$.]$/.test(event.target.value.slice(0, cursor))) complete(event.target.value, cursor);
          else close();
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {isBusy && <span className="repl-busy">busy</span>}
    </div>
  );
}
