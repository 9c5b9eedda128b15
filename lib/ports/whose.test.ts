import { describe, expect, it } from "vitest";
import { containerId, key } from "@/lib/net/ids";
import { rulesOf } from "@/lib/pipeline";
import { askedNetns, factsOfRules, type SaidOfRules } from "@/lib/topology/firewall/test-firewall";
import type { Topology } from "@/lib/topology/model";
import type { PortRow } from "./model";
import { ports } from "./ports";
import { dockerRules } from "./test-docker";
import { hostNetns, netnsOf, type Written, writtenWorld } from "./test-world";

const firewallOf = (...said: readonly SaidOfRules[]) =>
  rulesOf(factsOfRules(...said), askedNetns).firewall;

const docker = firewallOf(dockerRules());

const rowsOf = (written: Written, change?: (topology: Topology) => Topology) =>
  ports(writtenWorld(written, change)).rows;

const ofPort = (rows: readonly PortRow[], port: number): PortRow | undefined =>
  rows.find(({ host, target }) => (host ?? target)?.port === port);

const at = (hostPort: number, containerPort: number) => ({
  hostAddress: "0.0.0.0",
  hostPort,
  containerPort,
  protocol: "tcp",
});

/** The first container's namespace is nobody's container's, and has this name. */
const nobodys =
  (by: "ingress" | "ip-netns", text: string) =>
  (topology: Topology): Topology => ({
    ...topology,
    containers: [],
    namespaces: topology.namespaces.map((each) =>
      each.id === netnsOf(0)
        ? { ...each, key: key(`netns:${text}`), name: { by, text }, containers: [] }
        : each,
    ),
  });

/** As Docker writes it for a port that a service publishes (netfacts 4.4). */
const ingress = (address: string): Written => ({
  containers: [{ name: "sbox", listens: [] }],
  firewall: firewallOf(
    dockerRules({
      forward: "ACCEPT",
      nat: [
        ":DOCKER-INGRESS - [0:0]",
        "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER-INGRESS",
        `-A DOCKER-INGRESS -p tcp -m tcp --dport 9090 -j DNAT --to-destination ${address}:9090`,
        "-A DOCKER-INGRESS -j RETURN",
      ],
    }),
  ),
});

describe("what a rule sends to an address that no container has", () => {
  it("leads to the namespace that has it: swarm's ingress_sbox, where IPVS takes it", () => {
    const row = ofPort(rowsOf(ingress("172.17.0.2"), nobodys("ingress", "ingress_sbox")), 9090);
    expect(row).toMatchObject({
      containers: [],
      end: { at: "namespace", netns: netnsOf(0) },
      listener: { status: "spread" },
      scope: "unknown",
      rules: [{ chain: "DOCKER-INGRESS" }],
    });
  });

  it("leads to nobody that was read, where none has it: never to the host", () => {
    const row = ofPort(rowsOf(ingress("172.18.0.9")), 9090);
    expect(row).toMatchObject({
      containers: [],
      end: { at: "nobody" },
      target: { address: "172.18.0.9", port: 9090 },
      listener: { status: "not-read" },
    });
    expect(["nobody", "unknown"]).toContain(row?.scope);
  });

  it("leads to the host where the host has it", () => {
    const row = ofPort(rowsOf(ingress("192.0.2.1")), 9090);
    expect(row?.end).toEqual({ at: "namespace", netns: hostNetns });
  });

  it("is not told apart where two namespaces have it", () => {
    const twice: Written = { ...ingress("172.17.0.2"), containers: [{ name: "a" }, { name: "b" }] };
    const row = ofPort(
      rowsOf(twice, (topology) => ({
        ...topology,
        links: topology.links.map((link) =>
          link.netns === netnsOf(1)
            ? {
                ...link,
                addresses: link.addresses.map((each) =>
                  each.scope === "global" && each.address.startsWith("172.")
                    ? { ...each, address: "172.17.0.2" }
                    : each,
                ),
              }
            : link,
        ),
      })),
      9090,
    );
    expect(row).toMatchObject({ containers: [], end: { at: "several" } });
  });
});

describe("a program of the host's namespace", () => {
  it("is the container's whose cgroup its process is in, whichever process of it that is", () => {
    const rows = rowsOf({
      containers: [{ name: "exporter" }],
      hostListens: ["tcp 0.0.0.0 9100 exporter 0", "tcp 0.0.0.0 22 sshd"],
      firewall: docker,
    });
    expect(ofPort(rows, 9100)?.containers).toEqual([containerId("t", 0)]);
    expect(ofPort(rows, 22)?.containers).toEqual([]);
  });

  it("is the container's too where a rule redirects to it", () => {
    const nat = ["-A PREROUTING -p tcp -m tcp --dport 81 -j REDIRECT --to-ports 9100"];
    const rows = rowsOf({
      containers: [{ name: "exporter" }],
      hostListens: ["tcp 0.0.0.0 9100 exporter 0"],
      firewall: firewallOf(dockerRules({ nat })),
    });
    expect(ofPort(rows, 81)?.containers).toEqual([containerId("t", 0)]);
  });
});

describe("who listens where nothing leads", () => {
  it("is listed on loopback too, which nobody but those inside have", () => {
    const rows = rowsOf({
      containers: [{ name: "web", listens: ["tcp 127.0.0.1 5432", "tcp ::1 6379"] }],
      firewall: docker,
    });
    const inside = rows.filter(({ kind }) => kind === "unpublished");
    expect(inside).toMatchObject([
      { target: { address: "127.0.0.1", port: 5432 }, scope: "nobody", asked: [] },
      { target: { address: "::1", port: 6379 }, scope: "nobody", asked: [], family: "ip6" },
    ]);
    expect(inside.map(({ containers }) => containers)).toEqual([
      [containerId("t", 0)],
      [containerId("t", 0)],
    ]);
  });

  it("is not Docker's own resolver, which dockerd holds in every container", () => {
    const rows = rowsOf({
      containers: [{ name: "web", listens: ["udp 127.0.0.11 41234 dockerd -"] }],
      firewall: docker,
    });
    expect(rows.filter(({ kind }) => kind === "unpublished")).toEqual([]);
  });

  it("is listed in a namespace that no container lives in", () => {
    const rows = rowsOf(
      { containers: [{ name: "x", listens: ["tcp 0.0.0.0 7000 program -"] }], firewall: docker },
      nobodys("ip-netns", "lab"),
    );
    expect(ofPort(rows, 7000)).toMatchObject({
      kind: "unpublished",
      containers: [],
      end: { at: "namespace", netns: netnsOf(0) },
      listener: { status: "listening" },
      scope: "host",
    });
  });
});

/** `sidecar` was started with `--network container:web`. */
const shared = (topology: Topology): Topology => ({
  ...topology,
  containers: topology.containers.map((each, nth) => ({
    ...each,
    netns: netnsOf(0),
    mode: nth === 0 ? { kind: "container", of: containerId("t", 1) } : each.mode,
  })),
});

describe("of several containers in one namespace", () => {
  it("the one that published the port comes first", () => {
    const written: Written = {
      containers: [{ name: "sidecar" }, { name: "web", ports: [at(8080, 80)], listens: [] }],
      firewall: docker,
    };
    const row = ofPort(rowsOf(written, shared), 8080);
    expect(row?.containers).toEqual([containerId("t", 1), containerId("t", 0)]);
  });

  it("where rules alone tell, the one whose program listens, else the one whose network it is", () => {
    const written = (listens: readonly string[]): Written => ({
      containers: [{ name: "sidecar", listens }, { name: "web" }],
      firewall: docker,
    });
    const silent = ofPort(rowsOf(written([]), shared), 8080);
    expect(silent?.containers).toEqual([containerId("t", 1), containerId("t", 0)]);
    const heard = ofPort(rowsOf(written(["tcp 0.0.0.0 80 app 0"]), shared), 8080);
    expect(heard?.containers).toEqual([containerId("t", 0), containerId("t", 1)]);
  });
});
