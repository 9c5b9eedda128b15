import fc from "fast-check";
import { expect, test } from "vitest";
import { type Frame, frameReader, printFrame } from "./frames";

const marker = "vethscope-0123456789abcdef";

/** What comes out: output bytes joined between frames. */
function read(stream: Buffer, cuts: readonly number[]): readonly (Frame | string)[] {
  const seen: (Frame | string)[] = [];
  let bytes = "";
  const flush = (): void => {
    if (bytes !== "") seen.push(bytes);
    bytes = "";
  };
  const reader = frameReader(marker, {
    frame: (frame) => {
      flush();
      seen.push(frame);
    },
    output: (chunk) => {
      bytes += chunk.toString("latin1");
    },
  });
  let from = 0;
  for (const cut of [...cuts].map((each) => each % (stream.length + 1)).sort((a, b) => a - b)) {
    reader.feed(stream.subarray(from, cut));
    from = cut;
  }
  reader.feed(stream.subarray(from));
  reader.finish();
  flush();
  return seen;
}

const cuts = fc.array(fc.nat());
const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ kind: fc.constant("begin" as const), step: fc.nat() }),
  fc.record({ kind: fc.constant("process" as const), step: fc.nat(), pid: fc.nat() }),
  fc.record({ kind: fc.constant("form" as const), step: fc.nat(), form: fc.nat() }),
  fc.record({
    kind: fc.constant("end" as const),
    step: fc.nat(),
    status: fc.option(fc.nat(255)),
    cut: fc.boolean(),
  }),
  fc.constant({ kind: "done" as const }),
);
/** Any bytes; a host cannot know the marker. */
const output = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));

test("whatever a command prints stands between its frames, however the stream is cut", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(output, frames)), cuts, (parts, at) => {
      const stream = Buffer.concat(
        parts.flatMap(([bytes, frame]) => [bytes, Buffer.from(printFrame(marker, frame))]),
      );
      expect(read(stream, at)).toEqual(
        parts.flatMap(([bytes, frame]) => [bytes.toString("latin1"), frame]),
      );
    }),
  );
});

test("output without a line break at its end, and output that is line breaks, come back as printed", () => {
  const begin: Frame = { kind: "begin", step: 3 };
  const end: Frame = { kind: "end", step: 3, status: 0, cut: false };
  for (const text of ["no break", "one\n", "\n\n", "\n"]) {
    const stream = Buffer.from(`${printFrame(marker, begin)}${text}${printFrame(marker, end)}`);
    expect(read(stream, [])).toEqual([begin, text, end]);
  }
});

test("a frame of another run, and our marker without a frame's words, are output", () => {
  const forged = [
    "\nvethscope-ffffffffffffffff e 1 0\n",
    `\n${marker} e 1 0 and more\n`,
    `\n${marker} ${"x".repeat(500)}\n`,
    `\n${marker} b 1`,
  ].join("");
  fc.assert(
    fc.property(cuts, (at) => {
      expect(read(Buffer.from(forged), at)).toEqual([forged]);
    }),
  );
});
