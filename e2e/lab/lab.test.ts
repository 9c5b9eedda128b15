import { existsSync, readFileSync } from "node:fs";
import { Client } from "ssh2";
import { expect, test } from "vitest";
import { engineOf } from "./engine";
import { lab, labHost, onHost } from "./lab-env";
import { must } from "./run-command";
import { containers } from "./standard-set";
import type { Lab } from "./truth";

const host = labHost();
const truth = lab();

const inNetns = (name: string, ...argv: string[]) => must(["ip", "netns", "exec", name, ...argv]);
const pairNamed = (...names: [string, string]): Lab["veth_pairs"][number] | undefined =>
  truth.veth_pairs.find(([a, b]) => a.ifname === names[0] && b.ifname === names[1]);

test("every container of the set is there, in the state that was planned", () => {
  for (const { name, stops } of containers) {
    expect(truth.containers[name]?.state, name).toBe(stops ? "exited" : "running");
  }
});

test("a container's namespace is its own, the host's, or that of the container it joined", () => {
  const netns = (name: string) => truth.containers[name]?.netns;
  expect(netns("node-exporter")).toBe(String(truth.host_netns));
  expect(netns("sidecar")).toBe(netns("web"));
  expect(netns("gone")).toBeNull();
  const own = containers.map(({ name }) => netns(name)).filter((each) => each !== null);
  expect(new Set(own).size).toBe(own.length - 1); // sidecar and web share one
});

test("sshd lets the lab's key in, and it is the lab host that answers", async () => {
  expect((await uname()).trim()).toBe(host.name);
});

test("the world outside reaches the host and what the host publishes", async () => {
  const page = await inNetns("outside", "curl", "-sm5", `http://${host.address}:8080/`);
  expect(page).toBe("lab\n");
  await inNetns("outside", "ping", "-c1", "-W5", host.address);
});

test("nothing leads out of the machine", async () => {
  expect(await must(["ip", "route", "show", "default"])).toBe("");
  for (const name of [truth.around.underlay, truth.around.outside]) {
    expect(await inNetns(name, "ip", "route", "show", "default"), name).toBe("");
  }
  // The host's own default route ends at the underlay, which forwards nothing.
  const forwarding = await inNetns("underlay", "cat", "/proc/sys/net/ipv4/ip_forward");
  expect(forwarding.trim()).toBe("0");
});

test("the truth covers every veth of the host, each once", async () => {
  const { stdout } = await onHost(host, ["ip", "-j", "link", "show", "type", "veth"]);
  const links: { ifname: string; ifindex: number }[] = JSON.parse(stdout);
  const known = [...truth.veth_pairs.flat(), ...truth.peer_unseen].filter(
    ({ netns }) => netns === truth.host_netns,
  );
  const byIndex = (a: { ifindex: number }, b: { ifindex: number }) => a.ifindex - b.ifindex;
  expect(known.map(({ ifname, ifindex }) => ({ ifname, ifindex })).sort(byIndex)).toEqual(
    links.map(({ ifname, ifindex }) => ({ ifname, ifindex })).sort(byIndex),
  );
});

test("what ethtool says of each pair agrees with the truth, both ways", async () => {
  for (const [a, b] of truth.veth_pairs) {
    expect(await peerIndex(a), `${a.ifname} of ${a.of}`).toBe(b.ifindex);
    expect(await peerIndex(b), `${b.ifname} of ${b.of}`).toBe(a.ifindex);
  }
});

test("three host ends read @if2, and a pair has the same number at both ends", () => {
  for (const number of [1, 2, 3]) {
    const [inner, outer] = pairNamed("eth0", `vethmodern${number}`) ?? [];
    expect(inner?.ifindex).toBe(2);
    expect(outer?.master).toBe("br-modern");
  }
  expect(pairNamed("twin0", "twin1")?.map(({ ifindex }) => ifindex)).toEqual([77, 77]);
});

test("pairs lie in one namespace, between two containers, and in one without a process", () => {
  expect(pairNamed("orphan0", "orphan1")?.map(({ netns }) => netns)).toEqual([
    truth.host_netns,
    truth.host_netns,
  ]);
  expect(pairNamed("xa", "xb")?.map(({ of }) => of)).toEqual([["web", "sidecar"], ["db"]]);
  expect(pairNamed("lv0", "lv1")?.[1].of).toEqual(["(ip netns lonely)"]);
});

test("link names that a shell would run or a page would draw are real", () => {
  for (const name of ["$(id)", "<b>x", "a@b", 'q"z', "-dash"]) {
    expect(truth.veth_pairs.flat().filter(({ ifname }) => ifname === name)).toHaveLength(2);
  }
});

test("the secret stands where secrets stand", async () => {
  const web = await engineOf(host).getContainer("web").inspect();
  expect(web.Args).toContain(truth.secretMark);
  expect(web.Config.Env).toContain(`WEB_TOKEN=${truth.secretMark}`);
  expect(web.Config.Env).toContain(`IMAGE_TOKEN=${truth.secretMark}`);
  expect(web.Config.Labels).toMatchObject({ "org.example.token": truth.secretMark });
});

test("the host writes nothing on the machine and has a boot of its own", async () => {
  const { stdout } = await onHost(host, ["cat", "/proc/sys/kernel/random/boot_id"]);
  expect(stdout).not.toBe(readFileSync("/proc/sys/kernel/random/boot_id", "utf8"));
  for (const folder of ["/etc", "/opt", "/var/log", "/run"]) {
    const file = `${folder}/written-by-a-lab-host`;
    expect((await onHost(host, ["touch", file])).code).toBe(0);
    expect(existsSync(file)).toBe(false);
    await onHost(host, ["rm", file]);
  }
});

/** What the kernel's driver prints; an index only, so it confirms a pair but could not find one. */
async function peerIndex(end: Lab["peer_unseen"][number]): Promise<number> {
  const [of = ""] = end.of;
  const pid = of === "(host)" ? 1 : truth.containers[of]?.pid;
  const path = pid === undefined ? "/run/netns/lonely" : `/proc/${pid}/ns/net`;
  const argv = ["nsenter", `--net=${path}`, "--", "ethtool", "-S", end.ifname];
  const { stdout } = await onHost(host, argv);
  return Number(/peer_ifindex: (\d+)/.exec(stdout)?.[1]);
}

function uname(): Promise<string> {
  const client = new Client();
  return new Promise<string>((resolve, reject) => {
    client.on("error", reject);
    client.on("ready", () => {
      client.exec("uname -n", (error, channel) => {
        if (error) return reject(error);
        let text = "";
        channel.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        channel.on("close", () => resolve(text));
      });
    });
    const { address, sshPort, user, sshKeyFile } = host;
    const privateKey = readFileSync(sshKeyFile);
    client.connect({ host: address, port: sshPort, username: user, privateKey });
  }).finally(() => client.end());
}
