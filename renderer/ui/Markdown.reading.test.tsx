import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { createWorkbench } from "../state/workbench";
import { createMemoryApi } from "../testing/memory-api";
import { renderIn } from "../testing/render";
import { Markdown } from "./Markdown";

function show(text: string) {
  const opened: string[] = [];
  const { container } = renderIn(
    createWorkbench(createMemoryApi({ files: {} })),
    <Markdown text={text} onOpenFile={(href) => opened.push(href)} />,
  );
  return { container, opened, user: userEvent.setup() };
}

test("pictures are named and lead to their file; nothing is loaded", async () => {
  const { container, opened, user } = show('![the <b> plan](plans/my%20plan.png) <img src="x.png">');
  expect(container.querySelector("img")).toBeNull();
  await user.click(screen.getByRole("link", { name: "the <b> plan" }));
  expect(opened).toEqual(["plans/my plan.png"]);
});

test("lists of things to do show what is done", () => {
  const { container } = show("- [ ] write\n- [x] read\n");
  expect([...container.querySelectorAll("li")].map((item) => item.textContent.trim())).toEqual([
    "☐ write",
    "☑ read",
  ]);
});

test("links to headings lead there", async () => {
  const { user } = show("[there](#what-is-it-for)\n\n## What is it for?\n");
  let shown = "";
  const scroll = Element.prototype.scrollIntoView;
  Element.prototype.scrollIntoView = function show(this: Element) {
    shown = this.textContent;
  };
  await user.click(screen.getByRole("link", { name: "there" }));
  Element.prototype.scrollIntoView = scroll;
  expect(shown).toBe("What is it for?");
});
