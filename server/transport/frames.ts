/**
 * Frames around the output of commands, the same on stdout and stderr of one shell:
 * a line break, the run's random marker, a word, a line break. What lies between two frames is
 * exactly what the command printed, with or without a line break at its end.
 */
export type Frame =
  | { readonly kind: "begin"; readonly step: number }
  /** Process id of a running step, so that it can be ended alone; on stderr only. */
  | { readonly kind: "process"; readonly step: number; readonly pid: number }
  /**
   * The host has no tool for the form that was tried: what was printed of this step so far is void, what
   * follows is the answer to the form of this number (lib/probes/define.ts).
   */
  | { readonly kind: "form"; readonly step: number; readonly form: number }
  /** `status` null: it did not end by itself. `cut`: what is framed is only its beginning. */
  | {
      readonly kind: "end";
      readonly step: number;
      readonly status: number | null;
      readonly cut: boolean;
    }
  /** The whole lane went through. */
  | { readonly kind: "done" };

const text = (frame: Frame): string => {
  switch (frame.kind) {
    case "begin":
      return `b ${frame.step}`;
    case "process":
      return `p ${frame.step} ${frame.pid}`;
    case "form":
      return `f ${frame.step} ${frame.form}`;
    case "end":
      return `e ${frame.step} ${frame.status ?? "-"}${frame.cut ? " cut" : ""}`;
    case "done":
      return "d";
  }
};

export const printFrame = (marker: string, frame: Frame): string => `\n${marker} ${text(frame)}\n`;

const words = /^(?:(d)|b (\d+)|p (\d+) (\d+)|f (\d+) (\d+)|e (\d+) (\d+|-)( cut)?)$/;

function parseFrame(line: string): Frame | null {
  const found = words.exec(line);
  if (found === null) return null;
  const [, done, begun, processOf, pid, formOf, form, ended, status, cut] = found;
  if (done !== undefined) return { kind: "done" };
  if (begun !== undefined) return { kind: "begin", step: Number(begun) };
  if (processOf !== undefined)
    return { kind: "process", step: Number(processOf), pid: Number(pid) };
  if (formOf !== undefined) return { kind: "form", step: Number(formOf), form: Number(form) };
  return {
    kind: "end",
    step: Number(ended),
    status: status === "-" ? null : Number(status),
    cut: cut !== undefined,
  };
}

/** Longer than any frame: what follows the marker without a line break within this is no frame. */
const longest = 80;

export type FrameReader = {
  readonly feed: (chunk: Buffer) => void;
  /** The stream ended: what was held back, in case it was the beginning of a frame, is output. */
  readonly finish: () => void;
};

/** Splits one stream, however it is cut into chunks; never holds more than a chunk and a frame. */
export function frameReader(
  marker: string,
  take: { readonly frame: (frame: Frame) => void; readonly output: (bytes: Buffer) => void },
): FrameReader {
  const needle = Buffer.from(`\n${marker} `);
  let held: Buffer = Buffer.alloc(0);

  const output = (bytes: Buffer): void => {
    if (bytes.length > 0) take.output(bytes);
  };

  /** Takes one frame off the front of `held`, and the output before it; false: more must come first. */
  function step(): boolean {
    const found = held.indexOf(needle);
    if (found === -1) {
      const whole = Math.max(0, held.length - needle.length + 1);
      output(held.subarray(0, whole));
      held = held.subarray(whole);
      return false;
    }
    output(held.subarray(0, found));
    held = held.subarray(found);
    const lineEnd = held.indexOf("\n", needle.length);
    if (lineEnd === -1 && held.length < needle.length + longest) return false;
    const frame =
      lineEnd === -1 ? null : parseFrame(held.toString("latin1", needle.length, lineEnd));
    const used = frame === null ? needle.length : lineEnd + 1;
    if (frame === null) output(held.subarray(0, used));
    else take.frame(frame);
    held = held.subarray(used);
    return true;
  }

  return {
    feed: (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      while (held.length > 0 && step());
    },
    finish: () => {
      output(held);
      held = Buffer.alloc(0);
    },
  };
}
