import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepFocus } from "./keepFocus";

let end: () => void;
beforeEach(() => {
  end = keepFocus(document);
});
afterEach(() => {
  end();
  cleanup();
});

const focused = () => document.activeElement?.textContent;

function Rows() {
  const [rows, setRows] = useState(["one", "two", "three"]);
  return (
    <main>
      <button type="button">New</button>
      <ul>
        {rows.map((row) => (
          <li key={row}>
            <button type="button" onClick={() => setRows(rows.filter((each) => each !== row))}>
              {row}
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}

test("when a row goes, the next one has the focus, then the one before, then what stands around the list", async () => {
  const user = userEvent.setup();
  render(<Rows />);
  screen.getByRole("button", { name: "two" }).focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(focused()).toBe("three"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(focused()).toBe("one"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(focused()).toBe("New"));
});

test("what scrolls by keys gets the focus of what goes inside it", async () => {
  const { rerender } = render(
    <div tabIndex={0} aria-label="Log" role="log">
      <button type="button">Enable fs</button>
    </div>,
  );
  screen.getByRole("button").focus();
  rerender(
    <div tabIndex={0} aria-label="Log" role="log">
      <p>Enabled</p>
    </div>,
  );
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("log")));
});

test("what somebody has left is not followed when it goes", async () => {
  const { rerender } = render(
    <main>
      <button type="button">Gone soon</button>
      <button type="button">Other</button>
    </main>,
  );
  const button = screen.getByRole("button", { name: "Gone soon" });
  button.focus();
  button.blur();
  await new Promise((resolve) => setTimeout(resolve));
  rerender(
    <main>
      <button type="button">Other</button>
    </main>,
  );
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  expect(document.activeElement).toBe(document.body);
});

function RunAndStop() {
  const [isBusy, setBusy] = useState(false);
  return (
    <div>
      <button type="button" disabled={isBusy} onClick={() => setBusy(true)}>
        Run
      </button>
      <button type="button" disabled={!isBusy} onClick={() => setBusy(false)}>
        Stop
      </button>
    </div>
  );
}

test("at the keyboard, a button that becomes disabled hands the focus to its neighbour", async () => {
  const user = userEvent.setup();
  render(<RunAndStop />);
  await user.tab();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(focused()).toBe("Stop"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(focused()).toBe("Run"));
});

function Question() {
  const [isAsked, setAsked] = useState(true);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div>
        <button type="button">Before</button>
        {isAsked && (
          <button type="button" onClick={() => setOpen(true)}>
            Ask
          </button>
        )}
      </div>
      {isOpen && (
        <div role="dialog">
          <button type="button" autoFocus onClick={() => (setOpen(false), setAsked(false))}>
            Done
          </button>
        </div>
      )}
    </>
  );
}

test("a dialog that goes with the button that opened it leaves the focus where that was", async () => {
  const user = userEvent.setup();
  render(<Question />);
  screen.getByRole("button", { name: "Ask" }).focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(focused()).toBe("Done"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(focused()).toBe("Before"));
});
