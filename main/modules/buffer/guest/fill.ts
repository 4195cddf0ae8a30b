import { invalidArgType, invalidArgValue } from "../../guest/node-errors";
import { bytesPrototype } from "./bytes";
import { checkNumber, isBytes, MAX_LENGTH, outOfBounds } from "./checks";
import { requireEncoding, type Codec } from "./encodings";

/** `fill` with Node's reading of its arguments: `(value, encoding)` and `(value, offset, encoding)` are meant too. */
export function fillBuffer(
  codec: Codec,
  buffer: Uint8Array,
  value: unknown,
  from: unknown,
  to: unknown,
  name: unknown,
): Uint8Array {
  let [offset, end, encoding] = [from, to, name];
  if (typeof value === "string" || typeof value === "undefined") {
    if (offset === undefined || typeof offset === "string") {
      encoding = offset;
      offset = undefined;
    } else if (typeof end === "string") {
      encoding = end;
      end = undefined;
    }
  }
  if (typeof value === "string") {
    if (encoding !== undefined && typeof encoding !== "string")
      throw invalidArgType("encoding", "of type string", encoding);
    if (encoding !== undefined) requireEncoding(encoding);
  }
  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    checkNumber(offset, "offset", 0, MAX_LENGTH);
    if (end === undefined) end = buffer.length;
    else checkNumber(end, "end", 0, buffer.length);
    if (Number(offset) >= Number(end)) return buffer;
  }
  const [start, stop] = [Math.trunc(Number(offset)), Math.trunc(Number(end))];
  if (typeof value !== "string" && !isBytes(value)) {
    bytesPrototype.fill.call(buffer, Number(value) & 255, start, stop);
    return buffer;
  }
  const pattern =
    typeof value === "string"
      ? value === ""
        ? Uint8Array.of(0)
        : codec.encode(value, requireEncoding(encoding))
      : value;
  if (stop > buffer.length || start > stop) throw outOfBounds();
  if (pattern.length === 0) {
    if (start >= stop) return buffer;
    throw invalidArgValue("value", value);
  }
  for (let index = start; index < stop; index += 1)
    buffer[index] = pattern[(index - start) % pattern.length] ?? 0;
  return buffer;
}
