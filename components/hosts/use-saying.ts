"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { askServer, hostPath, type Refusal } from "./ask-server";

/**
 * Says something about a host (a key, a secret, try again) and shows what comes of it: the page is
 * rendered anew, with the picture or the next thing that is in the way.
 */
export const useSaying = (host: string) => {
  const router = useRouter();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [sending, setSending] = useState(false);
  const [rendering, startRendering] = useTransition();
  const renderAgain = () => startRendering(() => router.refresh());
  const say = async (what: "/key" | "/secret" | "/refresh", body?: unknown): Promise<boolean> => {
    setSending(true);
    const reply = await askServer("POST", hostPath(host, what), body);
    setSending(false);
    // What bars the way now is told by the page itself.
    const told = reply.status === "refused" && what !== "/refresh" ? reply.refusal : null;
    setRefusal(told);
    if (told === null) renderAgain();
    return told === null;
  };
  return { say, refusal, busy: sending || rendering, renderAgain };
};
