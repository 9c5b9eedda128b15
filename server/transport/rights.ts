import type { Rights } from "@/lib/hosts/entry";

/** What stands before a command to run it with these rights. `-n`: sudo never asks, it fails. */
export const wordsBefore: Readonly<Record<Rights, readonly string[]>> = {
  root: [],
  sudo: ["sudo", "-n"],
  user: [],
};
