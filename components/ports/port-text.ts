import { visible } from "@/lib/graph/names";
import type { PortRow } from "@/lib/ports/model";

/** `0.0.0.0:8080`, `[::]:8080`, and `*:8080` where the address is not told. */
export const endText = (address: string | null, port: number): string => {
  const plain = visible(address ?? "*");
  return `${plain.includes(":") ? `[${plain}]` : plain}:${port}`;
};

/** The port of the host; a port inside where nothing leads to it. */
export const hostText = ({ host }: PortRow): string =>
  host === null ? "" : endText(host.address, host.port);

/** `tcp` over IPv6 is another port than `tcp`. */
export const protocolText = ({ protocol, family }: PortRow): string =>
  family === "ip6" ? `${visible(protocol)}6` : visible(protocol);
