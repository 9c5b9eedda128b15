"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import {
  type PackedReading,
  type Reading,
  type Refused,
  readAgain,
  unpackReading,
} from "./reading";

const isUnpacked = (first: PackedReading | Reading): first is Reading =>
  first.topology.format === "vethscope-topology/1";

/** The page and its first reading come from one server at one time; or it lies in this browser already. */
function unpackFirst(first: PackedReading | Reading): Reading {
  if (isUnpacked(first)) return first;
  const reading = unpackReading(first);
  if (reading === null) throw new Error("the page's own reading could not be unpacked");
  return reading;
}

/** The reading that is shown, and how to replace it. A reading that fails leaves the old one standing. */
export const useReading = (
  host: string,
  first: PackedReading | Reading,
  barred: Refused | null,
) => {
  const router = useRouter();
  const [reading, setReading] = useState(() => unpackFirst(first));
  const [refused, setRefused] = useState(barred);
  const [busy, setBusy] = useState(false);
  const shown = useRef(reading);
  useEffect(() => {
    shown.current = reading;
  }, [reading]);
  const refresh = useCallback(async () => {
    setBusy(true);
    const answer = await readAgain(host, shown.current);
    setBusy(false);
    if ("error" in answer) {
      setRefused(answer);
      // A key to check or a secret to give: the page shows where.
      if (answer.needsPerson === true) router.refresh();
      return;
    }
    setRefused(null);
    setReading(answer);
  }, [host, router]);
  return { reading, refused, busy, refresh };
};
