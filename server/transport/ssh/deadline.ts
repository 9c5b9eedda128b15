/** Time that runs only while the other side has to move: a person may think as long as they want. */
export type Deadline = {
  /** Starts anew, with this many milliseconds. */
  readonly set: (ms: number) => void;
  readonly stop: () => void;
};

export function deadline(onOver: (ms: number) => void): Deadline {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    set: (ms) => {
      stop();
      timer = setTimeout(() => onOver(ms), ms);
    },
    stop,
  };
}
