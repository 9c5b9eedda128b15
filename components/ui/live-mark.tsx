"use client";

import { useEffect, useState } from "react";

/**
 * Says in the page whether it answers yet: what the server drew is there before it listens. For those
 * who drive a page by a program; people need longer.
 */
export function LiveMark() {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return <span hidden data-live={live} />;
}
