import { z } from "zod";
import { libraryDescriptorSchema, moduleDescriptorSchema } from "../model/module";
import { request } from "./define";
import { remarkSchema, templateRefSchema } from "./templates";

export const modulesRequests = {
  /** Every registrable native module, straight from the registry. */
  "modules.list": request(z.object({}), z.object({ modules: z.array(moduleDescriptorSchema) })),
  /** Plain words for a configuration, what a reviewer should look at, or why it is not valid. */
  "modules.describe": request(
    z.object({
      module: z.string(),
      config: z.record(z.string(), z.json()),
      /** Names of the modules that the template lists. */
      beside: z.array(z.string()).default([]),
    }),
    z.object({
      effects: z.array(z.string()),
      remarks: z.array(remarkSchema),
      problems: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })),
    }),
  ),
  "libraries.list": request(z.object({}), z.object({ libraries: z.array(libraryDescriptorSchema) })),
  /** Typings that a template allows: globals, its modules, its libraries, workspace modules. */
  "typings.forTemplate": request(
    z.object({ template: templateRefSchema }),
    z.object({ files: z.array(z.object({ path: z.string(), content: z.string() })) }),
  ),
} as const;
