import type { Term } from "@/lib/learn/terms";
import { bridge, docker0, fdb, gateway, hairpin, stp } from "./bridges";
import { imageLayers, volumes } from "./files";
import type { FindOnHost } from "./model";
import {
  drivers,
  hostNetwork,
  ipvlan,
  macvlan,
  noneNetwork,
  overlay,
  scope,
  sharedNetns,
} from "./modes";
import { dnat, dns, dockerProxy, masquerade } from "./ways";
import { ifindex, mtu, netns, nsid, veth } from "./wires";

/** How each note finds what it speaks of on a host. */
export const finders: Readonly<Record<Term, FindOnHost>> = {
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
