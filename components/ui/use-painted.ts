import { startTransition, useEffect, useState } from "react";

/**
 * The value from when everything else that shows it is on the screen: what takes long to draw then keeps
 * nothing waiting. It is drawn in pieces, between which a click is heard.
 */
export const usePainted = <Value>(value: Value): Value => {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // What is sent in a frame comes after its painting.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setPainted(() => value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return painted;
};
