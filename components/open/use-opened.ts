"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { HostFacts } from "@/lib/facts/model";
import type { Refusal } from "@/lib/share/refusal";
import { loadReader } from "./load-all";
import type { Outcome } from "./open-bytes";
import type { OpenedHost, Origin } from "./opened-host";
import type { GivenText, Opening } from "./opening-context";

/** Where an opened host is shown. */
export const openPath = "/open";

export type NotOpened = { readonly refusal: Refusal; readonly origin: Origin };

/**
 * What our own entry of the history holds: behind it is the page from which the file was opened. Made anew
 * for each: Next writes into it, and takes one that it has written into for its own.
 */
const ourEntry = () => ({ vethscopeOpened: true });

const isOurEntry = (): boolean => {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "vethscopeOpened" in state;
};

const fragmentHere = (): string => location.hash.slice(1);

/** What is open in this browser, what could not be opened, and how to open something. Sends nothing. */
export const useOpened = (path: string) => {
  const [held, setHeld] = useState<OpenedHost | null>(null);
  const [refused, setRefused] = useState<NotOpened | null>(null);
  const [busy, setBusy] = useState(false);
  const [given, setGiven] = useState<GivenText | null>(null);
  const asked = useRef(0);
  const fragment = useRef("");
  const router = useRouter();

  const goPaste = useCallback(
    (text: string | null) => {
      // Whatever is still being read is not wanted any more.
      asked.current += 1;
      fragment.current = "";
      setBusy(false);
      setRefused(null);
      setHeld(null);
      setGiven({ text });
      if (location.pathname !== openPath) router.push(openPath);
      else if (location.hash !== "") history.replaceState(null, "", openPath);
    },
    [router],
  );
  const takeGiven = useCallback(() => setGiven(null), []);

  const settle = useCallback(
    async (reading: Promise<Outcome>, origin: Origin) => {
      asked.current += 1;
      const nth = asked.current;
      setBusy(true);
      setRefused(null);
      const outcome = await reading.catch(
        (): Outcome => ({ status: "refused", refusal: { why: "damaged", kind: "json", at: "" } }),
      );
      // Two files one after the other: the last one is shown.
      if (nth !== asked.current) return;
      setBusy(false);
      if (outcome.status === "refused") return setRefused({ refusal: outcome.refusal, origin });
      if (outcome.status === "text") return goPaste(outcome.text);
      setHeld({ nth, origin, contents: outcome.contents });
      if (origin.kind === "link") return;
      fragment.current = "";
      const here = location.pathname === openPath && location.hash === "";
      if (!here) history.pushState(ourEntry(), "", openPath);
    },
    [goPaste],
  );

  const openFile = useCallback(
    (file: File) => {
      const origin: Origin =
        file.name === "" ? { kind: "pasted" } : { kind: "file", name: file.name };
      void settle(
        loadReader().then(({ openGiven }) => openGiven(file)),
        origin,
      );
    },
    [settle],
  );
  const openFacts = useCallback(
    (facts: HostFacts) =>
      void settle(
        loadReader().then((reader) => reader.openFacts(facts)),
        { kind: "pasted" },
      ),
    [settle],
  );

  useEffect(() => {
    if (path !== openPath) return;
    const follow = () => {
      const now = fragmentHere();
      if (!now.startsWith("z=") || now === fragment.current) return;
      fragment.current = now;
      void settle(
        loadReader().then(({ openFragment }) => openFragment(now)),
        { kind: "link" },
      );
    };
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [path, settle]);

  // Forward to where a file was that has been closed: what is there is the page itself.
  useEffect(() => {
    if (path === openPath && held === null && isOurEntry()) router.replace(openPath);
  }, [path, held, router]);

  const close = useCallback(() => {
    fragment.current = "";
    if (isOurEntry()) {
      // The file stands there until the page behind it is the one that the address names.
      addEventListener("popstate", () => setHeld(null), { once: true });
      history.back();
      return;
    }
    setHeld(null);
    history.replaceState(null, "", openPath);
  }, []);
  const opening = useMemo<Opening>(
    () => ({ openFile, openFacts, goPaste, given, takeGiven, busy }),
    [openFile, openFacts, goPaste, given, takeGiven, busy],
  );
  return { held, refused, opening, close, forget: () => setRefused(null) };
};
