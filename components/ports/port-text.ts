import { visible } from "@/lib/graph/names";
import type { PortRow, PortSpan } from "@/lib/ports/model";

/** `80`, `2000-2010` as iptables and `docker run -p` write it, and `*`: all that there are. */
const spanText = ({ port, last }: PortSpan): string => {
  if (port === last) return `${port}`;
  return port <= 1 && last >= 65_535 ? "*" : `${port}-${last}`;
};

/** `0.0.0.0:8080`, `[::]:8080`, and `*:8080` where the address is not told. */
export const endText = (address: string | null, port: number, last: number = port): string => {
  const plain = visible(address ?? "*");
  return `${plain.includes(":") ? `[${plain}]` : plain}:${spanText({ port, last })}`;
};

/** The port of the host; a port inside where nothing leads to it. */
export const hostText = ({ host }: PortRow): string =>
  host === null ? "" : endText(host.address, host.port, host.last);

/** `172.17.0.2:80`; of a port without a known address, `:80`. */
export const targetText = ({ target }: PortRow): string => {
  if (target === null) return "";
  const { address, port, last } = target;
  return address === null ? `:${spanText(target)}` : endText(address, port, last);
};

/** `tcp` over IPv6 is another port than `tcp`. */
export const protocolText = ({ protocol, family }: PortRow): string =>
  family === "ip6" ? `${visible(protocol)}6` : visible(protocol);
