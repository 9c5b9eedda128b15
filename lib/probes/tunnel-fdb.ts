import { bridgeFdb, type FdbEntry } from "./bridge-fdb";
import { defineProbe } from "./define";

/** The same question as on the host, in the hidden namespaces in which swarm keeps its tunnels. */
export const tunnelFdb = defineProbe<FdbEntry>({
  ...bridgeFdb,
  name: "tunnel-fdb",
  scope: "tunnel",
  right: "root",
  why: "to which other hosts a tunnel leads",
});
