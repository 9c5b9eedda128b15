import { expect, test } from "vitest";
import { rulesOf } from "@/lib/pipeline";
import { askedNetns, factsOfRules } from "@/lib/topology/firewall/test-firewall";
import type { Topology } from "@/lib/topology/model";
import { reach } from "./reach";
import { dockerRules } from "./test-docker";
import { netnsOf, writtenWorld } from "./test-world";

const toItself =
  "-A PREROUTING -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80";
const byGateway = "-A POSTROUTING -s 172.17.0.0/16 -o docker0 -j MASQUERADE";

const withHairpin =
  (hairpin: boolean | null) =>
  (topology: Topology): Topology => ({
    ...topology,
    links: topology.links.map((link) => (link.master === null ? link : { ...link, hairpin })),
  });

/** A container asks for its own port at the host's address, and no docker-proxy takes it. */
const asksItself = (
  hairpin: boolean | null,
  nat: readonly string[] = [toItself, byGateway],
  settings: Readonly<Record<string, string>> = {},
) => {
  const { firewall } = rulesOf(factsOfRules(dockerRules({ nat })), askedNetns);
  const written = {
    containers: [{ name: "web", listens: ["tcp 0.0.0.0 80"] }],
    firewall,
    settings,
  };
  return reach(
    writtenWorld(written, withHairpin(hairpin)),
    { at: "namespace", netns: netnsOf(0) },
    { protocol: "tcp", address: "192.0.2.1", port: 8080 },
  );
};

test("a container reaches its own published port where its bridge port sends frames back", () => {
  expect(asksItself(true)).toMatchObject({
    answer: "yes",
    ends: [{ netns: netnsOf(0), port: 80 }],
  });
});

test("not where the bridge port sends none back; and where that was not told it cannot be told", () => {
  expect(asksItself(false)).toMatchObject({ answer: "no", stop: { at: { why: "hairpin" } } });
  expect(asksItself(null)).toMatchObject({
    answer: "cannot-tell",
    doubts: [{ why: "bridge-port" }],
  });
});

test("where rules do not see the frames of bridges the host routes it back, and no hairpin is needed", () => {
  const settings = { "net/bridge/bridge-nf-call-iptables": "0" };
  expect(asksItself(false, [toItself, byGateway], settings).answer).toBe("yes");
});

test("with its own address as the source it is dropped by the container itself", () => {
  expect(asksItself(true, [toItself])).toMatchObject({
    answer: "no",
    stop: { at: { why: "martian", netns: netnsOf(0) } },
  });
});
