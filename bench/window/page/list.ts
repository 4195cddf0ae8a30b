/** The least virtual list there can be: rows of one height, as many elements as are in view, one text each. */
const ROWS = 100_000;
const HEIGHT = 20;

const list = document.getElementById("list");
if (list === null) throw new Error("The page has no list.");
const space = document.createElement("div");
space.style.height = `${ROWS * HEIGHT}px`;
list.append(space);
const rows = Array.from({ length: Math.ceil(list.clientHeight / HEIGHT) + 1 }, () => {
  const row = document.createElement("div");
  row.style.cssText = `position: absolute; top: 0; height: ${HEIGHT}px; font: 13px monospace`;
  list.append(row);
  return row;
});
function show(top: number): void {
  const first = Math.floor(top / HEIGHT);
  rows.forEach((row, index) => {
    row.textContent = `line ${first + index}`;
    row.style.transform = `translateY(${(first + index) * HEIGHT}px)`;
  });
}
list.addEventListener("scroll", () => show(list.scrollTop));
list.scrollTop = list.scrollHeight;
show(list.scrollTop);
performance.mark("ready");
document.documentElement.dataset["appState"] = "ready";
