import { describe, expect, it } from "vitest";
import { notFound } from "./system-libraries.mjs";

describe("reading the dynamic linker's answer", () => {
  it("names the libraries that are missing", () => {
    const output = [
      "\tlinux-vdso.so.1 (0x00007ffd0a9f2000)",
      "\tlibgtk-3.so.0 => not found",
      "\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)",
      "\tlibnss3.so => not found",
    ].join("\n");
    expect(notFound(output)).toEqual(["libgtk-3.so.0", "libnss3.so"]);
  });

  it("is empty when nothing is missing", () => {
    expect(notFound("\tlibc.so.6 => /lib/libc.so.6 (0x0)\n")).toEqual([]);
  });
});
