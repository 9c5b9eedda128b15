import { describe, expect, test } from "vitest";
import { readBriefLinks } from "./ip-brief";

const only = (line: string) => readBriefLinks(line).rows[0];

describe("ip -br addr", () => {
  test("name, the other end's number, state and addresses of both families", () => {
    expect(only("eth0@if5         UP             172.17.0.2/16 fe80::42:acff:fe11:2/64 ")).toEqual({
      name: "eth0",
      linkIndex: 5,
      linkName: null,
      operstate: "UP",
      mac: null,
      flags: [],
      addresses: [
        { family: "inet", address: "172.17.0.2", prefix: 16, scope: "" },
        { family: "inet6", address: "fe80::42:acff:fe11:2", prefix: 64, scope: "" },
      ],
      at: 0,
    });
  });

  test("what it lies on by name, and nothing for what lies on nothing", () => {
    expect(only("eth0.100@eth0    UP")).toMatchObject({ linkIndex: null, linkName: "eth0" });
    expect(only("tunl0@NONE       DOWN")).toMatchObject({ linkIndex: null, linkName: null });
  });

  test("of a point-to-point link its own address, with the prefix behind the peer's", () => {
    expect(only("tun0 UNKNOWN 10.8.0.1 peer 10.8.0.2/32 metric 50")?.addresses).toEqual([
      { family: "inet", address: "10.8.0.1", prefix: 32, scope: "" },
    ]);
  });
});

test("ip -br link: the hardware address and the flags", () => {
  expect(only("docker0 DOWN 02:42:9c:41:7d:03 <NO-CARRIER,BROADCAST,UP>")).toMatchObject({
    mac: "02:42:9c:41:7d:03",
    flags: ["NO-CARRIER", "BROADCAST", "UP"],
    addresses: [],
  });
});

test.each([
  "eth0 UP and running",
  "5: eth0: <UP> mtu 1500",
  "eth0 up",
  "eth0 UP 10.0.0.1/8 dynamic",
])("%s is none of it", (line) => expect(readBriefLinks(line).unread).toHaveLength(1));
