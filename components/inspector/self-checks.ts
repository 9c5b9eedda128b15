import type { Pair, TopologyIndex } from "@/components/workbench/topology-index";
import { shellQuote } from "@/lib/net/shell-quote";
import type { Namespace, Veth } from "@/lib/topology/model";

/** A command to type on the host, and what it prints where the pair is as drawn. */
export type SelfCheck = { readonly command: string; readonly prints: string };

const insideCommand = (index: TopologyIndex, netns: Namespace, veth: Veth): SelfCheck | null => {
  const line = { prints: `${veth.ifindex}: ${veth.label}: …` };
  const show = ["ip", "-o", "link", "show", "dev", veth.name];
  const holder = index.container(netns.containers[0] ?? null);
  const engine = index.topology.host.engine;
  if (engine.status === "read" && holder?.named === "engine") {
    const tool = engine.name.toLowerCase().includes("podman") ? "podman" : "docker";
    const file = `/sys/class/net/${veth.name}/iflink`;
    return {
      command: shellQuote([tool, "exec", holder.name, "cat", file]),
      prints: `${veth.iflink}`,
    };
  }
  if (netns.name.by === "ip-netns") {
    return { ...line, command: shellQuote(["ip", "-n", netns.name.text, ...show.slice(1)]) };
  }
  if (netns.pid === null) return null;
  return { ...line, command: shellQuote(["nsenter", "-t", `${netns.pid}`, "-n", ...show]) };
};

const entered = (netns: Namespace, veth: Veth): SelfCheck | null =>
  netns.pid === null
    ? null
    : {
        command: shellQuote(["nsenter", "-t", `${netns.pid}`, "-n", "ip", "link"]),
        prints: `${veth.ifindex}: ${veth.label}: …`,
      };

const onHost = (veth: Veth): SelfCheck => ({
  command: `${shellQuote(["ip", "-o", "link"])} | ${shellQuote(["grep", `^${veth.ifindex}:`])}`,
  prints: `${veth.ifindex}: ${veth.label}: …`,
});

const nsidMap = (near: Veth, inside: Namespace): SelfCheck | null =>
  near.nsid === null || inside.inode === null
    ? null
    : {
        command: `${shellQuote(["lsns", "-t", "net", "-no", "NS,NETNSID"])} | ${shellQuote(["grep", `${inside.inode}`])}`,
        prints: `${inside.inode} ${near.nsid}`,
      };

const ownCommand = (index: TopologyIndex, veth: Veth): SelfCheck | null => {
  const netns = index.namespace(veth.netns);
  if (netns === null) return null;
  return netns.id === index.topology.host.netns ? onHost(veth) : insideCommand(index, netns, veth);
};

/**
 * The commands of the articles, with the names and numbers of this pair. Typed on the host itself,
 * as root; interface and container names are quoted, since they may hold anything.
 */
export const selfChecks = (index: TopologyIndex, { near, far }: Pair): readonly SelfCheck[] => {
  const nearIsHost = near.netns === index.topology.host.netns;
  const inside = index.namespace(far.netns);
  const checks = [
    ownCommand(index, far),
    ownCommand(index, near),
    nearIsHost && inside !== null && far.netns !== near.netns ? entered(inside, far) : null,
    nearIsHost && inside !== null ? nsidMap(near, inside) : null,
  ].filter((check) => check !== null);
  return checks.filter(
    (check, at) => checks.findIndex((each) => each.command === check.command) === at,
  );
};
