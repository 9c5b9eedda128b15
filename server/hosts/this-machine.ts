import type { ThisMachine } from "@/lib/hosts/this-machine";
import type { Topology } from "@/lib/topology/model";
import type { Hosts } from "./hosts";

export const thisMachine = (): ThisMachine =>
  process.platform === "linux"
    ? { kind: "linux", root: process.geteuid?.() === 0 }
    : { kind: "elsewhere", platform: process.platform };

/** A page that waits longer for its first word seems broken; the host's own page shows that it is read. */
const patienceMs = 1000;

const nothingWired = ({ host, links, namespaces }: Topology): boolean =>
  host.engine.status !== "read" &&
  namespaces.length < 2 &&
  links.every(({ kind }) => kind !== "veth" && kind !== "bridge");

/** Whether there is nothing to see on this machine but its NICs; null: reading it takes long. */
export const isBare = async (hosts: Hosts): Promise<boolean | null> => {
  const late = new Promise<null>((resolve) => {
    setTimeout(resolve, patienceMs, null).unref();
  });
  const look = await Promise.race([hosts.snapshot("local"), late]);
  if (look === null) return null;
  return look.status !== "ready" || nothingWired(look.snapshot.topology);
};
