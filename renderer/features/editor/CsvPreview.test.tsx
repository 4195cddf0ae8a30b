import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { createWorkbench } from "../../state/workbench";
import { createMemoryApi } from "../../testing/memory-api";
import { renderIn } from "../../testing/render";
import { CsvPreview } from "./CsvPreview";

test("a row with more cells than the first line has names is shown whole", async () => {
  const workbench = createWorkbench(createMemoryApi({ files: { "a.csv": "a,b\n1,2\n1,2,3,last\n" } }));
  await workbench.documents.open("a.csv");
  renderIn(workbench, <CsvPreview path="a.csv" />);
  expect(await screen.findByText("2 rows · 4 columns")).toBeDefined();
  await waitFor(() => expect(screen.getByRole("cell", { name: "last" })).toBeDefined());
});
