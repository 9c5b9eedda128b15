import { startTransition, useEffect, useState } from "react";

/**
 * Once what is on its way to the screen has been painted. A window that nobody sees paints nothing: there it
 * is soon. Ends with the function that it returns.
 */
function whenPainted(then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    // What is sent in a frame comes after its painting.
    timer = setTimeout(then);
  };
  const frame = document.hidden ? null : requestAnimationFrame(soon);
  if (frame === null) soon();
  return () => {
    if (frame !== null) cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/**
 * The value from when everything else that shows it is on the screen: what takes long to draw then keeps
 * nothing waiting. It is drawn in pieces, between which a click is heard. A deferred value (React's) would be
 * worked on between the commit and the frame: 30 ms of work on it are 30 ms before anything is seen.
 */
export const usePainted = <Value>(value: Value): Value => {
  const [painted, setPainted] = useState(value);
  useEffect(() => whenPainted(() => startTransition(() => setPainted(() => value))), [value]);
  return painted;
};
