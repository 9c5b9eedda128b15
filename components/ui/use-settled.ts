import { startTransition, useEffect, useState } from "react";

/** A picture is painted within two frames of the change that it shows. */
const settleMs = 50;

/**
 * The value a moment later, when what shows the new one is painted. A deferred value (React's) is worked
 * on between the commit and the frame: 30 ms of work on it are 30 ms before anything is seen.
 */
export const useSettled = <Value>(value: Value): Value => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setSettled(() => value)), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};
