import { visible } from "@/lib/graph/names";
import type { Locale } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";
import type { Backend, Era, Family, Maker } from "@/lib/topology/firewall/model";
import { toolName } from "./chain-id";

/** Programs are called as they call themselves; a person is not known by name. */
export const makerName = (words: Words, who: Maker): string => {
  switch (who) {
    case "unclaimed":
      return words("rules.maker.unclaimed");
    case "docker-user":
      return words("rules.maker.dockerUser");
    case "docker-swarm":
      return words("rules.maker.swarm");
    case "docker":
      return "Docker";
    case "podman":
      return "Podman";
    case "cni":
      return "CNI";
    case "kubernetes":
      return "Kubernetes";
    case "calico":
      return "Calico";
    case "flannel":
      return "Flannel";
    case "cilium":
      return "Cilium";
    case "ufw":
    case "firewalld":
    case "libvirt":
    case "fail2ban":
    case "iptables":
      return who;
    case "tailscale":
      return "Tailscale";
  }
};

const eraVersions: Readonly<Record<Era, string>> = {
  "docker-17.05": "≤ 17.05",
  "docker-17.06": "17.06 – 18.03.0",
  "docker-18.03": "18.03.1 – 27",
  "docker-28.0.0": "28.0.0",
  "docker-28": "28.0.1 – 28.5",
  "docker-29-iptables": "29 (iptables)",
  "docker-29-nftables": "29 (nftables)",
};

export const eraName = (era: Era): string => `Docker ${eraVersions[era]}`;

const priorities: readonly (readonly [number, string])[] = [
  [-300, "raw"],
  [-150, "mangle"],
  [-100, "dstnat"],
  [0, "filter"],
  [50, "security"],
  [100, "srcnat"],
];

/** `-100 (dstnat)`, and `-99` as it is. */
export const priorityText = (priority: number): string => {
  const name = priorities.find(([each]) => each === priority)?.[1];
  return name === undefined ? `${priority}` : `${priority} (${name})`;
};

/** A table as one would name it to its tool: `iptables-nft -t nat`, `nft inet firewalld`. */
export const tableText = (backend: Backend, family: Family, name: string): string =>
  backend === "nft"
    ? `nft ${family} ${visible(name)}`
    : `${toolName(backend, family)} -t ${visible(name)}`;

/** All digits: kernels count to 2^64. */
export const exactly = (decimal: string, locale: Locale): string =>
  /^\d+$/.test(decimal) ? BigInt(decimal).toLocaleString(locale) : decimal;

/** `4.2M`: bytes that are read at a glance. */
export const roughly = (decimal: string, locale: Locale): string =>
  new Intl.NumberFormat(locale === "zh-CN" ? "en" : locale, {
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(Number(decimal));
