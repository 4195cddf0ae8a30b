import { z } from "zod";
import { declarationSchema } from "../model/parameters";
import { request } from "./define";

export const parametersRequests = {
  /** What a script declares about itself: of the given text, else of the file. Nothing is run. */
  "parameters.read": request(
    z.object({ path: z.string().max(4096), source: z.string().optional() }),
    z.object({ declaration: declarationSchema }),
  ),
} as const;
