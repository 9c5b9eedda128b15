import { expect, test } from "vitest";
import { readPastedLsns } from "./pasted-lsns";

test("`lsns -t net`: cells that may be empty are told from the command behind them", () => {
  const { rows, unread } =
    readPastedLsns(`        NS TYPE NPROCS   PID USER     NETNSID NSFS                           COMMAND
4026531840 net     122     1 root  unassigned                                /sbin/init splash
4026532281 net       2  1503 root           0 /run/docker/netns/2c39e69ae5ba nginx: master
4026532361 net       1  1702 root           1                                redis-server *:6379
`);
  expect(unread).toEqual([]);
  expect(rows).toEqual([
    { inode: 4026531840, pid: 1, nsid: null, command: "/sbin/init splash", at: 1 },
    { inode: 4026532281, pid: 1503, nsid: 0, command: "nginx: master", at: 2 },
    { inode: 4026532361, pid: 1702, nsid: 1, command: "redis-server *:6379", at: 3 },
  ]);
});

test("`lsns -o`: columns by their heading; a namespace that a file alone keeps has no process", () => {
  expect(
    readPastedLsns(`        NS   PID    NETNSID NSFS                           COMMAND
4026535202   403          1 /run/docker/netns/e5c03efaad1a /bin/busybox httpd -f
4026536026                  /run/netns/lonely
`).rows,
  ).toMatchObject([
    { pid: 403, nsid: 1, command: "/bin/busybox httpd -f" },
    { pid: null, nsid: null },
  ]);
});

test("of all kinds only the network's, with the lines of a tree and without a heading", () => {
  const { rows, unread } = readPastedLsns(`4026531835 cgroup    122     1 root /sbin/init
├─4026531840 net       122     1 root /sbin/init
└─4026532281 net         2  1503 root nginx
`);
  expect(unread).toEqual([]);
  expect(rows.map(({ pid }) => pid)).toEqual([1, 1503]);
});
