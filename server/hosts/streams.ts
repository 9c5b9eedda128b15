/** Answers that stay open (event streams). They are closed before the server, which waits for open answers. */
export type Streams = {
  /** Answers how to take it out again, once it has ended by itself. */
  readonly add: (close: () => void) => () => void;
  readonly open: () => number;
  /** Closes all, and from now on each that is added. */
  readonly close: () => void;
};

export const openStreams = (): Streams => {
  const closers = new Set<() => void>();
  let closed = false;
  return {
    add: (close) => {
      closers.add(close);
      // Not at once: whoever adds it has not kept the way to take it out yet.
      if (closed) queueMicrotask(close);
      return () => closers.delete(close);
    },
    open: () => closers.size,
    close: () => {
      closed = true;
      for (const close of [...closers]) close();
    },
  };
};
