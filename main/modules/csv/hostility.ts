import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [
    {
      what: "parsers of loops that were never left",
      before: "const begin = (rows) => { rows.next(); return rows; };",
      open: 'begin(csv.rows("a,b\\n1,2\\n3,4"))',
    },
  ],
  slow: ['csv.parse("a,b,c\\n".repeat(5e6))'],
  denied: [],
};
