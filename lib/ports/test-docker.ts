import type { SaidOfRules } from "@/lib/topology/firewall/test-firewall";

/** For tests: the rules that Docker 26 lays out for docker0 and `8080 → 172.17.0.2:80`, with more lines for each table. */
export const dockerRules = (
  more: {
    readonly raw?: readonly string[];
    readonly nat?: readonly string[];
    readonly filter?: readonly string[];
    readonly forward?: "ACCEPT" | "DROP";
    readonly input?: "ACCEPT" | "DROP";
  } = {},
): SaidOfRules => ({
  probe: "iptables-save",
  stdout: [
    ...["*raw", ":PREROUTING ACCEPT [0:0]", ...(more.raw ?? []), "COMMIT"],
    ...["*nat", ":PREROUTING ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]"],
    ...[":POSTROUTING ACCEPT [0:0]", ":DOCKER - [0:0]"],
    "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
    "-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER",
    "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
    ...(more.nat ?? []),
    "-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80",
    "COMMIT",
    ...["*filter", `:INPUT ${more.input ?? "ACCEPT"} [0:0]`],
    ...[`:FORWARD ${more.forward ?? "DROP"} [0:0]`, ":DOCKER - [0:0]"],
    ...(more.filter ?? []),
    "-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
    "-A FORWARD -o docker0 -j DOCKER",
    "-A FORWARD -i docker0 -j ACCEPT",
    "-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT",
    ...["COMMIT", ""],
  ].join("\n"),
});
