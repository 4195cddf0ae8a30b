/** How much of one object is described. */
export interface FillContext {
  readonly dense: boolean;
  readonly elementsOnly: boolean;
  /** Too deep: only what the name needs, and whether there is anything inside. */
  readonly stub: boolean;
  /** Level of what stands inside. */
  readonly level: number;
}
