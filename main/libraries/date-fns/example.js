import { addDays, differenceInCalendarDays, format } from "date-fns";

const start = new Date(2024, 1, 28);
console.log(format(addDays(start, 2), "yyyy-MM-dd"));
console.log(differenceInCalendarDays(new Date(2024, 11, 24), start), "days");
