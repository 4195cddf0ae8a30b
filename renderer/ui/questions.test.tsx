import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { ConfirmDialog, SaveDialog } from "./questions";

afterEach(cleanup);

const confirm = (close: (agreed?: true) => void) => (
  <ConfirmDialog title="Delete it?" description="It is gone for good." action="Delete" close={close} />
);

test("only the verb agrees: cancelling, closing and Escape answer nothing", async () => {
  const user = userEvent.setup();
  for (const [act, answer] of [
    [() => user.click(screen.getByRole("button", { name: "Cancel" })), undefined],
    [() => user.click(screen.getByRole("button", { name: "Close" })), undefined],
    [() => user.keyboard("{Escape}"), undefined],
    [() => user.click(screen.getByRole("button", { name: "Delete" })), true],
  ] as const) {
    const close = vi.fn();
    render(confirm(close));
    await screen.findByRole("alertdialog", { name: "Delete it?" });
    await act();
    expect(close.mock.calls.map(([agreed]) => agreed as unknown)).toEqual([answer]);
    cleanup();
  }
});

test("unsaved changes are saved, thrown away or kept open, as the button says", async () => {
  const user = userEvent.setup();
  for (const [button, answer] of [
    ["Save", "save"],
    ["Don’t save", "discard"],
    ["Cancel", undefined],
  ] as const) {
    const close = vi.fn();
    render(<SaveDialog name="hello.js" close={close} />);
    await screen.findByRole("alertdialog", { name: "Save the changes to hello.js?" });
    await user.click(screen.getByRole("button", { name: button }));
    expect(close.mock.calls.map(([given]) => given as unknown)).toEqual([answer]);
    cleanup();
  }
});
