import { describe, expect, test } from "vitest";
import { understand } from "@/lib/pipeline";
import { recognise } from "./recognise";
import { factsOf, readOf } from "./test-paste";

const link = "5: eth0@if9: <UP,LOWER_UP> mtu 1500 qdisc noqueue state UP";

/** `ip host`, `ip container web`: what each block is, and whose. */
const places = (text: string): readonly string[] =>
  readOf(text).blocks.map(({ kind, place }) => `${kind} ${place}`);

describe("a prompt says whose namespace its output is about", () => {
  test.each<[string, string]>([
    ["root@host:~# ip a", "ip host"],
    ["[root@localhost ~]# ip a", "ip host"],
    ["ubuntu@ip-10-0-0-1:~$ sudo ip a", "ip host"],
    ["root@5bd0c1a2b3c4:/# ip a", "ip container 5bd0c1a2b3c4"],
    ["[root@5bd0c1a2b3c4 /]# ip a", "ip container 5bd0c1a2b3c4"],
    ["$ docker exec web ip a", "ip container web"],
    ["# docker exec -it web ip a", "ip container web"],
    ["docker exec -u root web ip addr show", "ip container web"],
    ["$ docker container exec web ip a", "ip container web"],
    ["$ docker run --rm --name web busybox ip a", "ip container web"],
    ["$ sudo nsenter -t 1503 -n ip link", "ip process 1503"],
    ["# nsenter --target 1503 --net ip link", "ip process 1503"],
    ["# nsenter -n -t1503 ip link", "ip process 1503"],
    ["# nsenter --net=/proc/1503/ns/net ip link", "ip process 1503"],
    ["# nsenter --net=/var/run/netns/blue ip link", "ip netns blue"],
    ["# ip netns exec blue ip link", "ip netns blue"],
    ["# ip -n blue link", "ip netns blue"],
    ["/ # ip a", "ip unnamed 1"],
    ["bash-5.1# ip a", "ip unnamed 1"],
  ])("%s", (prompt, place) => {
    expect(places(`${prompt}\n${link}\n`)).toEqual([place]);
  });

  test("a shell in a container lasts until the host's prompt is back", () => {
    const text = `root@host:~# docker exec -it web sh
/ # ip a
${link}
root@host:~# ip a
7: veth1@if5: <UP> mtu 1500 master docker0 state UP
`;
    expect(places(text)).toEqual(["ip container web", "ip host"]);
  });

  test("nsenter keeps the host's prompt until `exit`", () => {
    const text = `root@host:~# nsenter -t 1503 -n
root@host:~# ip a
${link}
root@host:~# exit
root@host:~# ip a
7: veth1@if5: <UP> mtu 1500 master docker0 state UP
`;
    expect(places(text)).toEqual(["ip process 1503", "ip host"]);
  });

  test("an id in a prompt and the name in `docker ps` are one container", () => {
    const text = `root@host:~# docker ps
CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES
5bd0c1a2b3c4   nginx   "nginx"   1 hour ago   Up 1 hour   80/tcp   web
root@5bd0c1a2b3c4:/# ip a
${link}
root@host:~# docker exec web cat /sys/class/net/eth0/iflink
9
`;
    expect(places(text)).toEqual(["docker-ps host", "ip container web", "sysfs container web"]);
    expect(
      understand(factsOf(text)).containers.map(({ name, engineId }) => [name, engineId]),
    ).toEqual([["web", "5bd0c1a2b3c4"]]);
  });

  test("another machine's prompt is not the host's", () => {
    const text = `root@node1:~# ip a\n${link}\nroot@node2:~# ip a\n${link}\n`;
    expect(places(text)).toEqual(["ip host", "ip machine node2"]);
  });
});

test("lines that nobody understood are told with their numbers", () => {
  const { unread, blocks } = readOf(`今天我们来看 veth。\n\n${link}\nThat is all.\n`);
  expect(blocks).toHaveLength(1);
  expect(unread).toEqual([
    { at: 0, excerpt: "今天我们来看 veth。" },
    { at: 3, excerpt: "That is all." },
  ]);
});

test("what an author left out is not counted", () => {
  expect(readOf(`${link}\n...\n......\n…\n[...]\n（省略）\n# 省略部分输出\n`).unread).toEqual([]);
});

test("what `docker inspect` prints of a container is not taken in", () => {
  const text = `root@host:~# docker inspect web
[
    {
        "Id": "5b",
        "Config": { "Env": ["PASSWORD=secret"] }
    }
]
`;
  const { blocks, unread } = readOf(text);
  expect(blocks).toEqual([]);
  expect(unread).toHaveLength(6);
});

test("text that is too long, of too many lines, or no text at all is refused in words", () => {
  expect(recognise("x".repeat(10_000_000))).toEqual({
    status: "refused",
    refusal: { why: "too-long", megabytes: 10, most: 4 },
  });
  expect(recognise("a\n".repeat(40_000))).toMatchObject({
    status: "refused",
    refusal: { why: "too-many-lines", lines: 40_001 },
  });
  expect(recognise("\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR")).toEqual({
    status: "refused",
    refusal: { why: "binary" },
  });
});
