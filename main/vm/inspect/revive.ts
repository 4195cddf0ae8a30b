import type { Description, Encoded, ObjectDescriptor } from "./descriptor";
import { hostPrototype } from "./host-prototypes";
import { fillRevived } from "./revive-fill";
import { makeShell } from "./revive-shell";
import { reviveSymbol } from "./revive-symbol";
import { standIn } from "./stand-in";

/** Rewrites the frames of an error's stack, so that they name the user's sources; the text has no header line. */
export type StackMapper = (frames: string) => string;

/**
 * Rebuilds a described value from Node's own objects, so that Node's `util.inspect` prints it: real maps, dates and
 * errors, prototypes with the right names, cycles. What is rebuilt is inert: functions do nothing, getters give nothing,
 * and no name or value of the script reaches anything but an own property.
 */
export class Reviver {
  private readonly made: (object | undefined)[] = [];

  constructor(
    readonly nodes: readonly ObjectDescriptor[],
    readonly mapStack: StackMapper = (frames) => frames,
  ) {}

  /** Rebuilds everything and gives the root. */
  static revive(description: Description, mapStack?: StackMapper): unknown {
    const reviver = new Reviver(description.n ?? [], mapStack);
    return reviver.reviveAll(description.v);
  }

  reviveAll(root: Encoded): unknown {
    this.nodes.forEach((_, index) => this.object(index));
    this.nodes.forEach((node, index) => fillRevived(this, node, this.object(index)));
    return this.value(root);
  }

  /** The object for an index of the table, empty until everything is made. */
  object(index: number): object {
    const known = this.made[index];
    if (known !== undefined) return known;
    const node = this.nodes[index];
    const object = node === undefined ? standIn("<missing>") : makeShell(this, node, index);
    this.made[index] = object;
    return object;
  }

  /** Says which object an index stands for before it is asked for. */
  preset(index: number, object: object): void {
    this.made[index] ??= object;
  }

  prototype(reference: string | number | null): object | null {
    if (reference === null) return null;
    return typeof reference === "number" ? this.object(reference) : hostPrototype(reference);
  }

  value(encoded: Encoded): unknown {
    if (typeof encoded !== "object" || encoded === null) return encoded;
    const [tag, text] = encoded;
    if (typeof tag === "number") return this.object(tag);
    switch (tag) {
      case "u":
        return undefined;
      case "n":
        return Number(text);
      case "b":
        return BigInt(text ?? 0);
      case "y":
        return reviveSymbol(text ?? null);
      case "s":
        return standIn.cutString(encoded[1], encoded[2]);
      case "t":
        return standIn(encoded[1]);
    }
  }
}
