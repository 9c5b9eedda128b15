import type { Answer } from "@/lib/facts/model";
import { readBrctl } from "./brctl";
import { readBridgeLink } from "./bridge-link";
import type { Probe, Reading } from "./define";
import { readNetworkMembers } from "./docker-network-inspect";
import { readDockerNetworks, readDockerPs } from "./docker-tables";
import { type PeerIfindex, readEthtoolStats } from "./ethtool-stats";
import { readIfconfig } from "./ifconfig";
import { readOnelineAddresses } from "./ip-addr-oneline";
import { readBriefLinks } from "./ip-brief";
import { readLines } from "./lines";
import type { OfLink } from "./pasted-links";
import { readSysfsNet, type SysfsValue } from "./sysfs-net";

/** A text that people paste and that Vethscope itself never asks for. */
type PastedText<Row> = Pick<Probe<Row>, "name" | "parse">;

const text = <Row>(name: string, read: (stdout: string) => Reading<Row>): PastedText<Row> => ({
  name,
  parse: ({ stdout }) => read(stdout),
});

const words = ({ asked }: Answer): readonly string[] =>
  asked.kind === "command" ? asked.argv : [];

/** The link that a command was about: `ethtool -S eth0`. */
const linkAsked = (answer: Answer): string | null => {
  const argv = words(answer);
  const place = argv.findIndex((word) => word === "-S" || word === "--statistics");
  return place === -1 ? null : (argv[place + 1] ?? null);
};

const attribute = /\/net\/([^/\s]+)\/(iflink|ifindex)$/;

/** `cat …/eth0/iflink` prints the bare number; with several files, in their order. */
function bareNumbers(answer: Answer): Reading<SysfsValue> {
  const files = words(answer).flatMap((word) => {
    const [, link, name] = attribute.exec(word) ?? [];
    return link === undefined || name === undefined ? [] : [{ link, name }];
  });
  let nth = 0;
  return readLines(answer.stdout, (line, at) => {
    const value = /^\s*(\d+)\s*$/.exec(line)?.[1];
    const file = files[nth];
    if (value === undefined || file === undefined) return null;
    nth += 1;
    const which = file.name === "iflink" ? "iflink" : "ifindex";
    return { link: file.link, attribute: which, value: Number(value), at };
  });
}

export const pastedTexts = {
  addresses: text("ip-addr-oneline", readOnelineAddresses),
  brief: text("ip-brief", readBriefLinks),
  ports: text("bridge-link", readBridgeLink),
  plain: text("ifconfig", readIfconfig),
  bridges: text("brctl", readBrctl),
  containers: text("docker-ps", readDockerPs),
  networks: text("docker-networks", readDockerNetworks),
  members: text("network-inspect", readNetworkMembers),
  peers: {
    name: "ethtool-stats",
    parse: (answer: Answer): Reading<OfLink<PeerIfindex>> => {
      const { rows, unread } = readEthtoolStats(answer.stdout);
      const link = linkAsked(answer);
      return { rows: link === null ? [] : rows.map((row) => ({ ...row, link })), unread };
    },
  },
  numbers: {
    name: "sysfs-net",
    parse: (answer: Answer): Reading<SysfsValue> =>
      answer.stdout.includes("/net/") ? readSysfsNet(answer.stdout) : bareNumbers(answer),
  },
} as const;
