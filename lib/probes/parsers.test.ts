import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answer } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { answerGaps } from "./answer-gap";
import { catalogue } from "./catalogue";
import { cgroups } from "./cgroups";
import { ipAddr } from "./ip-addr";
import { lsns } from "./lsns";
import { mountinfo } from "./mountinfo";
import { netnsPaths } from "./netns-paths";

const answered = (stdout: string, over: Partial<Answer> = {}): Answer => ({
  id: answerId("any", netnsLabel(1)),
  probe: "any",
  netns: netnsLabel(1),
  entered: null,
  asked: { kind: "command", argv: ["any"] },
  at: "2026-01-01T00:00:00.000Z",
  ms: 1,
  stdout,
  stderr: "",
  exit: 0,
  cut: false,
  ...over,
});

/** Text that looks like what these commands print, and is not. */
const nearMiss = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.json(),
  fc
    .array(
      fc.dictionary(
        fc.constantFrom("ifindex", "ifname", "dst", "nsid", "mac", "Id"),
        fc.jsonValue(),
      ),
    )
    .map((rows) => JSON.stringify(rows)),
  fc
    .array(
      fc.constantFrom(
        "4",
        "4026531840",
        "/proc/1/ns/net",
        "NS",
        "PID",
        "NETNSID",
        "\n",
        " ",
        "[",
        "{",
        "null",
        "/proc/7/cgroup:0::/",
      ),
    )
    .map((words) => words.join(" ")),
);

describe.each(catalogue)("$name", (probe) => {
  test("never throws, whatever the host prints", () =>
    fc.assert(
      fc.property(nearMiss, (stdout) => {
        const reading = probe.parse(answered(stdout));
        expect(Array.isArray(reading.rows)).toBe(true);
        expect(() => answerGaps(probe, answered(stdout), reading)).not.toThrow();
      }),
      { numRuns: 150 },
    ));

  test("what was cut in the middle gives a gap, not silence", () => {
    const cut = answered('[{"ifindex":1,"ifna', { cut: true });
    expect(answerGaps(probe, cut, probe.parse(cut))).toMatchObject([{ reason: "cut" }]);
  });
});

/** Names the kernel accepts: up to 15 bytes without slash, colon or white space (netfacts §7.6). */
const ifname = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9.-]{0,14}$/),
  fc.constantFrom("a@b", 'q"z', "münch", "back\\s", "a;b", "$(id)", "<b>x", "-dash", "123"),
);

test("links printed as JSON read back equal", () => {
  const link = fc.record({
    ifindex: fc.integer({ min: 1, max: 99999 }),
    name: ifname,
    linkIndex: fc.option(fc.integer({ min: 1, max: 99999 })),
    nsid: fc.option(fc.integer({ min: 0, max: 999 })),
    mtu: fc.integer({ min: 68, max: 65536 }),
    master: fc.option(ifname),
    mac: fc.constantFrom("02:42:ac:11:00:02", "00:00:00:00:00:00"),
    bytes: fc.nat(),
  });
  return fc.assert(
    fc.property(fc.array(link, { maxLength: 8 }), (links) => {
      const printed = links.map((each) => ({
        ifindex: each.ifindex,
        ...(each.linkIndex === null ? {} : { link_index: each.linkIndex }),
        ifname: each.name,
        flags: ["UP"],
        mtu: each.mtu,
        ...(each.master === null ? {} : { master: each.master }),
        address: each.mac,
        ...(each.nsid === null ? {} : { link_netnsid: each.nsid }),
        linkinfo: { info_kind: "veth", info_slave_data: { state: "forwarding" } },
        addr_info: [{ family: "inet", local: "172.17.0.2", prefixlen: 16, scope: "global" }],
        stats64: { rx: { bytes: each.bytes, packets: 1 }, tx: { bytes: 0, packets: 0 } },
      }));
      const { rows, unread } = ipAddr.parse(answered(JSON.stringify(printed)));
      expect(unread).toEqual([]);
      expect(
        rows.map(({ ifindex, name, linkIndex, nsid, mtu, master, mac, counters }) => ({
          ifindex,
          name,
          linkIndex,
          nsid,
          mtu,
          master,
          mac,
          bytes: counters?.rxBytes,
        })),
      ).toEqual(links);
    }),
  );
});

test("lsns tables read back equal, with cells left empty", () => {
  const row = fc.record({
    inode: fc.integer({ min: 4026531840, max: 4026999999 }),
    pid: fc.option(fc.integer({ min: 1, max: 4194304 })),
    nsid: fc.oneof(
      fc.nat({ max: 9999 }),
      fc.constant("unassigned" as const),
      fc.constant("unknown" as const),
    ),
  });
  return fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const table = [
        "        NS     PID    NETNSID",
        ...rows.map(({ inode, pid, nsid }) =>
          `${inode}${String(pid ?? "").padStart(8)}${String(nsid === "unknown" ? "" : nsid).padStart(11)}`.trimEnd(),
        ),
      ].join("\n");
      const read = lsns.parse(answered(table));
      expect(read.unread).toEqual([]);
      expect(read.rows.map(({ inode, pid, nsid }) => ({ inode, pid, nsid }))).toEqual(rows);
    }),
  );
});

test("one strange element costs only itself", () => {
  const { rows, unread } = ipAddr.parse(
    answered(
      '[{"ifindex":1,"ifname":"lo"},{"ifindex":"two","ifname":"x"},{},null,{"ifindex":3,"ifname":"eth0"}]',
    ),
  );
  expect(rows.map(({ name, at }) => [name, at])).toEqual([
    ["lo", 0],
    ["eth0", 4],
  ]);
  expect(unread).toHaveLength(1);
});

test("a path may hold spaces; one with a line break is not read as two", () => {
  const { rows, unread } = netnsPaths.parse(
    answered("4 4026531840 /run/netns/my net\n4 4026531841 /run/netns/a\n9 9 evil\n"),
  );
  expect(rows.map(({ path }) => path)).toEqual(["/run/netns/my net", "/run/netns/a"]);
  expect(unread).toHaveLength(1);
});

test("a cgroup path names the innermost container, and podman's monitor none", () => {
  const [outer, inner] = ["a".repeat(64), "b".repeat(64)];
  const { rows } = cgroups.parse(
    answered(
      `/proc/7/cgroup:0::/docker/${outer}/docker/${inner}\n/proc/8/cgroup:0::/machine.slice/libpod-conmon-${outer}.scope\n`,
    ),
  );
  expect(rows).toMatchObject([{ kind: "container", pid: 7, containerId: inner }]);
});

test("only network namespaces are taken from mountinfo, and their paths are unescaped", () => {
  const { rows, unread } = mountinfo.parse(
    answered(
      "92 27 0:4 net:[4026532184] /run/docker/netns/a\\040b rw - nsfs nsfs rw\n93 27 0:4 mnt:[4026532185] /run/m rw - nsfs nsfs rw\n",
    ),
  );
  expect(rows).toEqual([{ inode: 4026532184, path: "/run/docker/netns/a b" }]);
  expect(unread).toEqual([]);
});

test("how a command ended says what is missing", () => {
  const gaps = (over: Partial<Answer>) =>
    answerGaps(ipAddr, answered("", over), { rows: [], unread: [] });
  expect(gaps({ exit: 127 })).toMatchObject([{ reason: "command-missing" }]);
  expect(gaps({ exit: 1, stderr: "nsenter: Operation not permitted" })).toMatchObject([
    { reason: "permission-denied" },
  ]);
  expect(gaps({ exit: null, ms: 5000 })).toMatchObject([{ reason: "timed-out", ms: 5000 }]);
  expect(gaps({ exit: 2, stderr: "boom" })).toMatchObject([{ reason: "failed", exit: 2 }]);
  expect(gaps({ exit: 0 })).toEqual([]);
  const grep = (over: Partial<Answer>) =>
    answerGaps(cgroups, answered("", over), { rows: [], unread: [] });
  expect(grep({ exit: 123 })).toEqual([]);
  expect(grep({ exit: 123, stderr: "grep: invalid context length" })).toMatchObject([
    { reason: "failed" },
  ]);
});
