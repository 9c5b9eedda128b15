import { expect, test } from "vitest";
import type { Answer } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import { answerGaps } from "./answer-gap";
import type { Probe } from "./define";
import { engineContainers } from "./engine-containers";
import { engineInfo } from "./engine-info";
import { engineNetworks } from "./engine-networks";
import { engineVersion } from "./engine-version";

// API 1.24 (Docker 1.12, the oldest that today's clients speak): the fields that its documentation
// shows, less those that never pass the transport; null where Go printed an empty map or list as null.

/** What a probe makes of an answer; it throws where any of it is not understood. */
function read<Row>(probe: Probe<Row>, body: unknown): readonly Row[] {
  const answer: Answer = {
    id: answerId(probe.name, null),
    probe: probe.name,
    netns: null,
    entered: null,
    asked: { kind: "engine", path: probe.ask.kind === "engine" ? probe.ask.path : "" },
    at: "2026-01-01T00:00:00.000Z",
    ms: 1,
    stdout: JSON.stringify(body),
    stderr: "",
    exit: 200,
    cut: false,
  };
  const reading = probe.parse(answer);
  const gaps = answerGaps(probe, answer, reading);
  if (gaps.length > 0) throw new Error(JSON.stringify(gaps));
  return reading.rows;
}

const bridgeId = "7ea29fc1412292a2d7bba362f9253545fecdfa8ce9a6e37dd10ba8bee7129812";
const listed = {
  Id: "8dfafdbc3a40",
  Names: ["/boring_feynman"],
  Image: "ubuntu:latest",
  Created: 1367854155,
  State: "exited",
  Status: "Exit 0",
  Ports: [{ PrivatePort: 2222, PublicPort: 3333, Type: "tcp" }],
  Labels: { "com.example.vendor": "Acme" },
  HostConfig: { NetworkMode: "default" },
  NetworkSettings: {
    Networks: {
      bridge: {
        IPAMConfig: null,
        Links: null,
        Aliases: null,
        NetworkID: bridgeId,
        EndpointID: "2cdc4edb1ded3631c81f57966563e5c8525b81121bb3706a9a9a3ae102711f3f",
        Gateway: "172.17.0.1",
        IPAddress: "172.17.0.2",
        IPPrefixLen: 16,
        IPv6Gateway: "",
        GlobalIPv6Address: "",
        GlobalIPv6PrefixLen: 0,
        MacAddress: "02:42:ac:11:00:02",
      },
    },
  },
  Mounts: [],
};

test("API 1.24, containers: endpoints, ports without an address, and the empty string for what there is not", () => {
  expect(read(engineContainers, [listed])).toEqual([
    {
      id: "8dfafdbc3a40",
      name: "boring_feynman",
      image: "ubuntu:latest",
      state: "exited",
      networkMode: "default",
      labels: { "com.example.vendor": "Acme" },
      ports: [{ hostAddress: null, hostPort: 3333, containerPort: 2222, protocol: "tcp" }],
      endpoints: [
        {
          networkName: "bridge",
          networkId: bridgeId,
          address: "172.17.0.2",
          address6: null,
          gateway: "172.17.0.1",
          mac: "02:42:ac:11:00:02",
        },
      ],
      at: 0,
    },
  ]);
});

test("containers whose fields are null, and those of an API that had them not yet, are read", () => {
  const { Id, Names } = listed;
  const empty = { image: null, networkMode: null, labels: {}, ports: [], endpoints: [] };
  const older = { ...empty, id: "8dfafdbc3a40", name: "boring_feynman", state: "unknown" };
  const nulls = { HostConfig: null, NetworkSettings: null, Ports: null, Labels: null, Image: null };
  const networks = (Networks: unknown) => ({ Id, Names, NetworkSettings: { Networks } });
  // One that is being removed has lost its names.
  const unnamed = { Id, Names: null, State: "dead" };
  const all = [
    { Id, Names },
    { Id, Names, ...nulls },
    networks(null),
    networks({ bridge: null }),
    unnamed,
  ];
  const bare = { networkId: null, address: null, address6: null, gateway: null, mac: null };
  expect(read(engineContainers, all)).toEqual([
    { ...older, at: 0 },
    { ...older, at: 1 },
    { ...older, at: 2 },
    { ...older, endpoints: [{ networkName: "bridge", ...bare }], at: 3 },
    { ...older, name: null, state: "dead", at: 4 },
  ]);
});

const docker0 = {
  "com.docker.network.bridge.default_bridge": "true",
  "com.docker.network.bridge.name": "docker0",
  "com.docker.network.driver.mtu": "1500",
};
const ofNetwork = { Scope: "local", EnableIPv6: false, Internal: false };

test("API 1.24, networks: a subnet without its gateway, and drivers without any", () => {
  const rows = read(engineNetworks, [
    {
      ...ofNetwork,
      Name: "bridge",
      Id: "f2de39df4171b0dc801e8002d1d999b77256983dfc63041c0f34030aa3977566",
      Driver: "bridge",
      IPAM: { Driver: "default", Config: [{ Subnet: "172.17.0.0/16" }] },
      Containers: {},
      Options: docker0,
    },
    {
      ...ofNetwork,
      Name: "none",
      Id: "e086a3893b05ab69242d3c44e49483a3bbbd3a26b46baa8f61ab797c1088d794",
      Driver: "null",
      IPAM: { Driver: "default", Config: [] },
      Containers: {},
      Options: {},
    },
  ]);
  expect(rows).toMatchObject([
    {
      name: "bridge",
      driver: "bridge",
      internal: false,
      subnets: [{ subnet: "172.17.0.0/16", gateway: null }],
      options: docker0,
    },
    { name: "none", driver: "null", subnets: [], options: {} },
  ]);
});

test("networks whose fields are null, and those of an API that had them not yet, are read", () => {
  const [Id, Name, Driver] = ["13e871235c67", "host", "host"];
  const ipam = (Config: unknown) => ({ Id, Name, Driver, IPAM: { Config } });
  const rows = read(engineNetworks, [
    { Id, Name, Driver },
    { Id, Name, Driver, IPAM: null, Options: null, Labels: null },
    ipam(null),
  ]);
  const empty = { id: Id, name: Name, driver: Driver, internal: false, subnets: [], options: {} };
  expect(rows).toEqual([0, 1, 2].map((at) => ({ ...empty, at })));
});

test("API 1.24, version: no components, which today name the engine", () => {
  const version = { Version: "1.12.0", Os: "linux", Arch: "amd64", ApiVersion: "1.24" };
  const rows = [{ Version: "1.12.0", ApiVersion: "1.24" }];
  expect(read(engineVersion, { ...version, KernelVersion: "3.19.0-23-generic" })).toEqual(rows);
  expect(read(engineVersion, { ...version, Components: null })).toMatchObject(rows);
});

test("API 1.24, info: name, system and kernel of the machine", () => {
  const machine = {
    Name: "prod-server-42",
    OperatingSystem: "Boot2Docker",
    KernelVersion: "3.12.0-1-amd64",
  };
  const info = { ...machine, ServerVersion: "1.12.0", SecurityOptions: null, OSType: "linux" };
  expect(read(engineInfo, info)).toEqual([machine]);
});
