import { fireEvent } from "@testing-library/react";
import { expect, test } from "vitest";
import { createWorkbench } from "../state/workbench";
import { createMemoryApi } from "../testing/memory-api";
import { renderIn } from "../testing/render";
import { Markdown } from "./Markdown";

function setup(text: string) {
  const opened: string[] = [];
  const { container } = renderIn(
    createWorkbench(createMemoryApi()),
    <Markdown text={text} onOpenFile={(href) => opened.push(href)} />,
  );
  return { container, opened };
}

test("links to files beside it are opened, however they are written", () => {
  const { container, opened } = setup("[a](lib/a%20b.js) [b](100%.md) [c](%zz)");
  for (const link of container.querySelectorAll("a")) fireEvent.click(link);
  expect(opened).toHaveLength(3);
  expect(opened[0]).toBe("lib/a b.js");
});

test("nothing in a text runs, loads or leads to where the page must not go", () => {
  const { container } = setup(`
[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](vbscript:x) [d](data:text/html,x) [e](file:///etc/passwd)
<a href="java&#10;script:alert(1)">f</a> <a href="workbench://app/index.html">g</a> <a href="smb://host/share">h</a>
![i](https://example.com/i.png) <img src=x onerror=alert(1)> <svg><image href="https://example.com/i.png"/></svg>
<svg><a xlink:href="javascript:alert(1)"><text>j</text></a></svg> <math href="javascript:alert(1)">k</math>
<iframe src="https://example.com"></iframe> <object data="x"></object> <embed src="x"> <form action="https://example.com"><button>l</button></form>
<style>body{display:none}</style> <p style="position:fixed" onclick="alert(1)">m</p> <base href="https://example.com"> <meta http-equiv="refresh" content="0;url=https://example.com">
<video src="https://example.com/v"></video> <table background="https://example.com/b.png"><tr><td>n</td></tr></table> <link rel="stylesheet" href="https://example.com/s.css">
`);
  const forbidden =
    "script, style, img, image, iframe, object, embed, form, button, input, video, audio, source, base, meta, link, [style], [onclick], [onerror], [background], [src], [srcset], [action], [formaction]";
  expect([...container.querySelectorAll(forbidden)].map((element) => element.outerHTML)).toEqual([]);
  for (const element of container.querySelectorAll("*")) {
    for (const name of ["href", "xlink:href"])
      expect(element.getAttribute(name) ?? "").not.toMatch(/^\s*(?:java|vb|data|file|workbench|smb)/i);
  }
});
