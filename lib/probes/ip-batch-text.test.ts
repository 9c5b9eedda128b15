import { expect, test } from "vitest";
import { splitBatchText } from "./ip-batch-text";
import { readNetnsIdsText } from "./ip-netns-ids-text";

const links = `1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue state UNKNOWN
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 
5: h1@if2: <UP> mtu 1500 qdisc noqueue state UP
    link/ether 46:ed:cc:9e:de:71 brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 0 
`;
const ids = "nsid 0 (iproute2 netns name: blue)\nnsid 1 \n";
const routes =
  "default via 10.0.0.1 dev eth0 \n\tnexthop via 10.0.0.2 dev eth1 weight 1\n10.0.0.0/8 dev eth0 scope link \n";
const dev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
vethc57e9f9:      90       1    0    0    0     0          0         0       90       1    0    0    0     0       0          0
`;

test("what a batch prints as text is told apart by what it looks like", () => {
  expect(splitBatchText(links + ids + routes)).toEqual({ addr: links, netnsIds: ids, routes });
});

test("without nsids, without links, with nothing at all", () => {
  expect(splitBatchText(links + routes)).toEqual({ addr: links, netnsIds: "", routes });
  expect(splitBatchText(routes)).toEqual({ addr: "", netnsIds: "", routes });
  expect(splitBatchText("")).toEqual({ addr: "", netnsIds: "", routes: "" });
});

test("the counters of /proc/net/dev go with the links, wherever they stand", () => {
  expect(splitBatchText(links + routes + dev)).toEqual({ addr: links + dev, netnsIds: "", routes });
  expect(splitBatchText(links + dev + routes)).toEqual({ addr: links + dev, netnsIds: "", routes });
});

test("links in JSON and the rest in text, as iproute2 of 2018 prints them", () => {
  const json = '[{},{"ifindex":1,"ifname":"lo"}]\n';
  expect(splitBatchText(json + ids + routes)).toEqual({ addr: json, netnsIds: ids, routes });
});

test("nsids of all versions, with and without a name", () => {
  const text = `${ids}nsid 2 current-nsid 3 (iproute2 netns name: a b)\nnonsense\n`;
  expect(readNetnsIdsText(text)).toEqual({
    rows: [
      { nsid: 0, name: "blue", at: 0, line: 0 },
      { nsid: 1, name: null, at: 1, line: 1 },
      { nsid: 2, name: "a b", at: 2, line: 2 },
    ],
    unread: [{ at: 3, excerpt: "nonsense" }],
  });
});
