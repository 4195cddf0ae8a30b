/** What runs without a template has: the defaults and no modules. Its id is no template's, so nothing can be added to it. */
export const NO_TEMPLATE = {
  id: "00000000-0000-4000-8000-000000000000",
  name: "No template",
  description: "The defaults and no modules.",
} as const;
