/**
 * What our own code threw, on stderr: the kind of error and where. Its message stays away: it may
 * quote what a host printed, and so hold secrets or terminal escapes.
 */
export const reportBug = (error: unknown): void => {
  process.stderr.write(`${bugLines(error).join("\n")}\n`);
};

export const bugLines = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [`bug: ${typeof error} thrown`];
  const { stack = "", message } = error;
  // The stack begins with the message, which may hold lines that look like frames.
  const after = stack.slice(stack.indexOf(message) + message.length);
  const frames = after.split("\n").filter((line) => /^ {4}at /.test(line));
  return [`bug: ${error.name}`, ...frames.slice(0, 12)];
};
