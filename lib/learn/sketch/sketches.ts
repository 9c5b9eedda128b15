import type { PublishedPort } from "@/lib/topology/model";
import type { Sketch, SketchBridge, SketchNetwork, SketchPair } from "./model";

const bridgeNetwork: SketchNetwork = {
  name: "bridge",
  driver: "bridge",
  subnet: "172.17.0.0/16",
  gateway: "172.17.0.1",
};
const docker0: SketchBridge = {
  ifindex: 3,
  name: "docker0",
  address: "172.17.0.1/16",
  network: "bridge",
};

/** The articles' example: the numbers of Docker before 28, where an eth0 takes what number is next. */
const nginxPair: SketchPair = {
  near: { ifindex: 5, name: "veth9a1c2d3" },
  bridge: "docker0",
  in: "nginx",
  far: { ifindex: 4, name: "eth0", address: "172.17.0.2/16" },
};
const redisPair: SketchPair = {
  near: { ifindex: 7, name: "vethf01be77" },
  bridge: "docker0",
  in: "redis",
  far: { ifindex: 6, name: "eth0", address: "172.17.0.3/16" },
  nsid: 1,
};

const port = (hostAddress: string, hostPort: number, containerPort: number): PublishedPort => ({
  hostAddress,
  hostPort,
  containerPort,
  protocol: "tcp",
});

const nginx = { name: "nginx", image: "nginx:1.29", on: ["bridge"] } as const;
const redis = { name: "redis", image: "redis:8", on: ["bridge"] } as const;

/** One container on docker0. */
export const onePair: Sketch = {
  networks: [bridgeNetwork],
  bridges: [docker0],
  pairs: [nginxPair],
  containers: [nginx],
};

export const twoPairs: Sketch = {
  networks: [bridgeNetwork],
  bridges: [docker0],
  pairs: [nginxPair, redisPair],
  containers: [nginx, redis],
};

/** Two containers, and a namespace that a person made by `ip netns add`. */
export const namespaces: Sketch = {
  ...twoPairs,
  pairs: [
    ...(twoPairs.pairs ?? []),
    { near: { ifindex: 9, name: "to-blue" }, in: "blue", far: { ifindex: 2, name: "to-host" } },
  ],
  namespaces: [{ name: "blue", by: "ip-netns" }],
};

/** Docker 28 and later: every eth0 is number 2 in its own namespace. */
export const sameNumbers: Sketch = {
  networks: [bridgeNetwork],
  bridges: [docker0],
  pairs: [
    { ...nginxPair, far: { ifindex: 2, name: "eth0", address: "172.17.0.2/16" } },
    { ...redisPair, far: { ifindex: 2, name: "eth0", address: "172.17.0.3/16" } },
  ],
  containers: [nginx, redis],
};

/** docker0 beside a bridge that somebody made by `docker network create shop`. */
export const twoBridges: Sketch = {
  networks: [
    bridgeNetwork,
    { name: "shop", driver: "bridge", subnet: "172.18.0.0/16", gateway: "172.18.0.1" },
  ],
  bridges: [
    docker0,
    { ifindex: 8, name: "br-3f2a9c1d77be", address: "172.18.0.1/16", network: "shop" },
  ],
  pairs: [
    nginxPair,
    {
      near: { ifindex: 10, name: "veth0c4ab19" },
      bridge: "br-3f2a9c1d77be",
      in: "web",
      far: { ifindex: 9, name: "eth0", address: "172.18.0.2/16" },
      nsid: 1,
    },
    {
      near: { ifindex: 12, name: "vethd8817f0" },
      bridge: "br-3f2a9c1d77be",
      in: "db",
      far: { ifindex: 11, name: "eth0", address: "172.18.0.3/16" },
      nsid: 2,
    },
  ],
  containers: [nginx, { name: "web", on: ["shop"] }, { name: "db", on: ["shop"] }],
};

/** One port of the bridge takes no part. */
export const deadPort: Sketch = {
  ...twoPairs,
  pairs: [
    nginxPair,
    {
      ...redisPair,
      near: { ...redisPair.near, state: "down", portState: "disabled" },
      far: { ...redisPair.far, state: "down" },
    },
  ],
};

const published: PublishedPort = port("0.0.0.0", 8080, 80);

export const openPort: Sketch = {
  ...onePair,
  containers: [{ ...nginx, ports: [published] }],
};

export const loopbackPort: Sketch = {
  ...twoPairs,
  containers: [
    { ...nginx, ports: [published] },
    { ...redis, ports: [port("127.0.0.1", 6379, 6379)] },
  ],
};

/** A macvlan interface stands beside docker0, not on it. */
export const macvlan: Sketch = {
  networks: [bridgeNetwork, { name: "lan", driver: "macvlan", subnet: "10.0.0.0/24" }],
  bridges: [docker0],
  pairs: [nginxPair],
  stacked: [{ kind: "macvlan", in: "camera", ifindex: 8, name: "eth0", address: "10.0.0.193/24" }],
  containers: [nginx, { name: "camera", on: ["lan"] }],
};

export const ipvlan: Sketch = {
  networks: [{ name: "flat", driver: "ipvlan", subnet: "10.0.0.0/24" }],
  stacked: [
    { kind: "ipvlan", in: "sensor-1", ifindex: 8, name: "eth0", address: "10.0.0.201/24" },
    { kind: "ipvlan", in: "sensor-2", ifindex: 9, name: "eth0", address: "10.0.0.202/24" },
  ],
  containers: [
    { name: "sensor-1", on: ["flat"] },
    { name: "sensor-2", on: ["flat"] },
  ],
};

export const hostNetwork: Sketch = {
  ...onePair,
  networks: [bridgeNetwork, { name: "host", driver: "host" }],
  containers: [nginx, { name: "node-exporter", on: ["host"], mode: "host" }],
};

export const noNetwork: Sketch = {
  ...onePair,
  networks: [bridgeNetwork, { name: "none", driver: "null" }],
  containers: [nginx, { name: "batch", on: ["none"], mode: "none" }],
};

export const sharedNamespace: Sketch = {
  ...onePair,
  containers: [nginx, { name: "sidecar", mode: "container", of: "nginx" }],
};

/** One of each: what `docker run --network …` can make. */
export const everyMode: Sketch = {
  networks: [
    bridgeNetwork,
    { name: "lan", driver: "macvlan", subnet: "10.0.0.0/24" },
    { name: "host", driver: "host" },
    { name: "none", driver: "null" },
  ],
  bridges: [docker0],
  pairs: [nginxPair],
  stacked: [{ kind: "macvlan", in: "camera", ifindex: 8, name: "eth0", address: "10.0.0.193/24" }],
  containers: [
    nginx,
    { name: "sidecar", mode: "container", of: "nginx" },
    { name: "camera", on: ["lan"] },
    { name: "node-exporter", on: ["host"], mode: "host" },
    { name: "batch", on: ["none"], mode: "none" },
  ],
};

/** Swarm: the overlay's bridge and tunnel are in a hidden namespace, docker_gwbridge on the host. */
export const overlay: Sketch = {
  networks: [
    { name: "backend", driver: "overlay", subnet: "10.0.1.0/24" },
    { name: "docker_gwbridge", driver: "bridge", subnet: "172.19.0.0/16", gateway: "172.19.0.1" },
  ],
  namespaces: [{ name: "backend", by: "overlay" }],
  bridges: [
    { in: "backend", ifindex: 2, name: "br0", address: "10.0.1.1/24", network: "backend" },
    { ifindex: 8, name: "docker_gwbridge", address: "172.19.0.1/16", network: "docker_gwbridge" },
  ],
  tunnels: [
    {
      in: "backend",
      bridge: "br0",
      ifindex: 14,
      name: "vxlan0",
      vni: 4097,
      remote: "10.0.0.13",
      mtu: 1450,
    },
  ],
  pairs: [
    {
      at: "backend",
      bridge: "br0",
      near: { ifindex: 16, name: "veth0", mtu: 1450 },
      in: "api",
      far: { ifindex: 15, name: "eth0", address: "10.0.1.3/24", mtu: 1450 },
    },
    {
      bridge: "docker_gwbridge",
      near: { ifindex: 18, name: "vethc2b1f06" },
      in: "api",
      far: { ifindex: 17, name: "eth1", address: "172.19.0.3/16" },
      nsid: 1,
    },
  ],
  containers: [{ name: "api", on: ["backend", "docker_gwbridge"] }],
};
