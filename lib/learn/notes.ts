import type { Note } from "./note";
import { bridge, docker0, fdb, gateway, hairpin, stp } from "./notes/bridges";
import { imageLayers, volumes } from "./notes/files";
import {
  drivers,
  hostNetwork,
  ipvlan,
  macvlan,
  noneNetwork,
  overlay,
  scope,
  sharedNetns,
} from "./notes/modes";
import { dnat, dns, dockerProxy, masquerade } from "./notes/ways";
import { ifindex, mtu, netns, nsid, veth } from "./notes/wires";
import type { Term } from "./terms";

/** Every note in both languages. Only the server holds them: a page gets the one that it shows. */
export const notes: Readonly<Record<Term, Note>> = {
  netns,
  veth,
  ifindex,
  nsid,
  mtu,
  bridge,
  docker0,
  gateway,
  fdb,
  stp,
  hairpin,
  drivers,
  scope,
  "host-network": hostNetwork,
  "none-network": noneNetwork,
  "shared-netns": sharedNetns,
  macvlan,
  ipvlan,
  overlay,
  masquerade,
  dnat,
  "docker-proxy": dockerProxy,
  dns,
  "image-layers": imageLayers,
  volumes,
};
