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
    ["# ip netns exec blue sudo ip a", "ip netns blue"],
    ["$ docker compose exec web ip a", "ip container web"],
    ["$ docker compose -f a.yml -p shop exec -T --index 2 web ip a", "ip container web"],
    ["$ docker-compose exec web ip a", "ip container web"],
    ["$ sudo -E docker -H unix:///x.sock exec -itu root web ip a", "ip container web"],
    ["docker-compose exec web ip a", "ip container web"],
    ["root@host:~# kubectl exec web -- ip a", "ip container web"],
    ["root@host:~# kubectl -n prod exec -it web -c app -- ip a", "ip container web"],
    ["root@host:~# kubectl exec deploy/web -- ip a", "ip container deploy/web"],
    ["root@host:~# crictl exec -it 5bd0c1a2b3c4d ip a", "ip container 5bd0c1a2b3c4d"],
    ["root@host:~# lxc exec c1 -- ip a", "ip container c1"],
    ["root@host:~# incus exec c1 -- ip a", "ip container c1"],
    ["root@host:~# lxc-attach -n c1 -- ip a", "ip container c1"],
    ["root@host:~# pct exec 100 -- ip a", "ip container 100"],
    ["root@host:~# ctr -n k8s.io task exec --exec-id 1 web ip a", "ip container web"],
    ["root@host:~# nerdctl -n k8s.io exec web ip a", "ip container web"],
    ["root@host:~# docker exec web sh -c 'ip a'", "ip container web"],
    ["root@host:~# bash -c 'docker exec web ip a'", "ip container web"],
    ["root@host:~# cd /srv && docker exec web ip a", "ip container web"],
    ["root@host:~# docker run --rm --network container:web netshoot ip a", "ip container web"],
    ["$ docker run --rm --net=host netshoot ip a", "ip host"],
    [
      "root@host:~# sudo nsenter -t $(docker inspect -f '{{.State.Pid}}' web) -n ip a",
      "ip container web",
    ],
    [
      "root@host:~# nsenter -t `docker inspect --format='{{ .State.Pid }}' web` -n ip a",
      "ip container web",
    ],
    [
      "root@host:~# nsenter --net=$(docker inspect -f '{{.NetworkSettings.SandboxKey}}' web) ip a",
      "ip container web",
    ],
    [
      "root@host:~# pid=$(docker inspect -f '{{.State.Pid}}' web); nsenter -t $pid -n ip a",
      "ip container web",
    ],
    ["root@host:~# nsenter -t 1 -n ip a", "ip host"],
    ["root@host:~# nsenter -t 1503 -m ip a", "ip host"],
    ["root@host:~# time ip a", "ip host"],
    ["➜  ~ docker exec web ip a", "ip container web"],
    ["➜  app git:(main) ✗ docker exec web ip a", "ip container web"],
    ["PS C:\\Users\\me> docker exec web ip a", "ip container web"],
    ["me@Macs-MBP ~ % docker exec web ip a", "ip container web"],
    ["core@core-01 ~ $ ip a", "ip host"],
    ["host$ ip a", "ip host"],
    ["宿主机# ip a", "ip host"],
    ["/ # ip a", "ip unnamed 1"],
    ["bash-5.1# ip a", "ip unnamed 1"],
  ])("%s", (prompt, place) => {
    expect(places(`${prompt}\n${link}\n`)).toEqual([place]);
  });

  test.each([
    "root@host:~# docker exec $(docker ps -q) ip a",
    "root@host:~# docker exec $(docker ps | grep web | awk '{print $1}') ip a",
    "root@host:~# docker exec $cid ip a",
    "root@host:~# docker exec -it <container_id> ip a",
    "root@host:~# nsenter -t $pid -n ip a",
    "root@host:~# nsenter -n -t${pid} ip a",
    "root@host:~# ip netns exec $ns ip a",
    "root@host:~# ip -all netns exec ip a",
    "root@host:~# ssh web1 ip a",
    "root@host:~# sometool enter web ip a",
    "root@host:~# kubectl debug node/web -- ip a",
    "root@host:~# docker exec dind ip netns exec blue ip a",
    "root@host:~# docker exec dind nsenter -t 1 -n ip a",
    "root@host:~# sometool web sh -c 'ip a'",
  ])("what nobody can name is a namespace of its own, and never the host: %s", (prompt) => {
    expect(places(`${prompt}\n${link}\n`)).toEqual(["ip unnamed 1"]);
  });

  test("two places asked in one line are told apart by what they print", () => {
    const text = `root@host:~# ip a; docker exec web ip a
7: veth1@if5: <UP> mtu 1500 master docker0 state UP
${link.replace("@if9", "@if7")}
`;
    expect(places(text)).toEqual(["ip host", "ip block 1"]);
  });

  test("a variable keeps the pid that Docker told", () => {
    const text = `root@host:~# export PID="$(docker inspect -f '{{.State.Pid}}' web)"
root@host:~# nsenter --net=/proc/\${PID}/ns/net ip a
${link}
root@host:~# nsenter -t $PID -n
root@host:~# ip a
${link}
`;
    expect(places(text)).toEqual(["ip container web", "ip container web"]);
  });

  test("`docker inspect web | grep Pid` tells whose a pid is", () => {
    const text = `root@host:~# docker inspect web | grep -i pid
            "Pid": 1503,
            "PidMode": "",
root@host:~# nsenter -t 1503 -n ip a
${link}
`;
    expect(places(text)).toEqual(["ip container web"]);
  });

  test("a service of compose is the container that compose named after it", () => {
    const text = `root@host:~# docker ps
CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES
5bd0c1a2b3c4   nginx   "nginx"   1 hour ago   Up 1 hour   80/tcp   shop-web-1
root@host:~# docker compose exec web ip a
${link}
`;
    expect(places(text)).toEqual(["docker-ps host", "ip container shop-web-1"]);
    expect(places(text.replace("shop-web-1", "web "))[1]).toBe("ip container web");
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
