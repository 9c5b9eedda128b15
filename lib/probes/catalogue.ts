import { bridgeFdb } from "./bridge-fdb";
import { bridgeMacs } from "./bridge-macs";
import { bridgeVlan } from "./bridge-vlan";
import { cgroups } from "./cgroups";
import type { Probe } from "./define";
import { dockerProxies } from "./docker-proxies";
import { engineContainers } from "./engine-containers";
import { engineImage } from "./engine-image";
import { engineInfo } from "./engine-info";
import { engineNetworks } from "./engine-networks";
import { engineVersion } from "./engine-version";
import { hostTools } from "./host-tools";
import { identity } from "./identity";
import { ipAddr } from "./ip-addr";
import { ipNetnsIds } from "./ip-netns-ids";
import { ipRoute } from "./ip-route";
import { linkDevice } from "./link-device";
import { listeningSockets } from "./listening-sockets";
import { lsns, lsnsObserver } from "./lsns";
import { lsnsHeld } from "./lsns-held";
import { mountinfo } from "./mountinfo";
import { netnsPaths } from "./netns-paths";
import { procNet } from "./proc-net";
import { processNames } from "./process-names";
import { ruleProbes } from "./read-rules";
import { tunnelFdb } from "./tunnel-fdb";

/** Every question that Vethscope asks of a host, in the order in which they are asked; nothing else runs there. */
export const catalogue: readonly Probe<unknown>[] = [
  netnsPaths,
  mountinfo,
  cgroups,
  processNames,
  identity,
  lsns,
  procNet,
  listeningSockets,
  dockerProxies,
  // Before the routes: a huge table would reach the cap and take the map that proves pairs with it.
  ipAddr,
  ipNetnsIds,
  ipRoute,
  bridgeFdb,
  ...ruleProbes,
  lsnsObserver,
  lsnsHeld,
  tunnelFdb,
  bridgeVlan,
  engineVersion,
  engineInfo,
  engineNetworks,
  engineContainers,
  // Asked of one thing, whose name stands in place of the capitals.
  hostTools,
  bridgeMacs("BRIDGE"),
  linkDevice("LINK"),
  engineImage("IMAGE"),
];
