"use client";

import { useCallback, useState } from "react";
import { type Reading, type Refused, readAgain } from "./reading";

/** The reading that is shown, and how to replace it. A reading that fails leaves the old one standing. */
export const useReading = (host: string, first: Reading) => {
  const [reading, setReading] = useState(first);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const refresh = useCallback(async () => {
    setBusy(true);
    const answer = await readAgain(host);
    setBusy(false);
    if ("error" in answer) return setRefused(answer);
    setRefused(null);
    setReading(answer);
  }, [host]);
  return { reading, refused, busy, refresh };
};
