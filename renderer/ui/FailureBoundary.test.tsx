import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { FailureBoundary } from "./FailureBoundary";

afterEach(cleanup);

test("what fails says so and can be shown again; what stands beside it stays", async () => {
  // React reports what was thrown.
  const reported = vi.spyOn(console, "error").mockImplementation(() => undefined);
  let isBroken = true;
  function Part() {
    if (isBroken) throw new Error("no such model");
    return <p>The part</p>;
  }
  render(
    <>
      <p>The rest</p>
      <FailureBoundary name="The part">
        <Part />
      </FailureBoundary>
    </>,
  );
  expect(screen.getByText("The rest")).toBeDefined();
  expect(screen.getByRole("alert").textContent).toContain("The part could not be shown");
  expect(screen.getByRole("alert").textContent).toContain("no such model");
  expect(reported).toHaveBeenCalled();

  isBroken = false;
  await userEvent.setup().click(screen.getByRole("button", { name: "Show it again" }));
  expect(screen.getByText("The part", { exact: true })).toBeDefined();
  expect(screen.queryByRole("alert")).toBeNull();
  reported.mockRestore();
});
