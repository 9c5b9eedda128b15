"use client";

import { useEffect } from "react";
import { hostName } from "@/components/hosts/host-name";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { HostEntry } from "@/lib/hosts/entry";

/** The window is called as the host is. `entry`: of our list; null: it is none of ours, and calls itself `name`. */
export const usePageTitle = (entry: HostEntry | null, name: string): void => {
  const words = useWords();
  const host = entry === null ? visible(name) : hostName(words, entry);
  const title = words("page.title", { host });
  useEffect(() => {
    document.title = title;
  }, [title]);
};
