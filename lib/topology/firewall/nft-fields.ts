import { own, textOf } from "./nft-values";
import type { Field } from "./values";

/** The fields of a set or map by its declared type (`ipv4_addr . inet_service`). */
export const declaredFields = (type: unknown): readonly Field[] =>
  (Array.isArray(type) ? type : [type]).map((each): Field => {
    const name = textOf(each);
    return own(byType, name) ?? { of: "opaque", text: name };
  });

const byType: Readonly<Record<string, Field>> = {
  ifname: { of: "in-interface", by: "name" },
  iface_index: { of: "in-interface", by: "index" },
  ipv4_addr: { of: "source", family: "ip" },
  ipv6_addr: { of: "source", family: "ip6" },
  inet_service: { of: "destination-port", protocol: null },
  inet_proto: { of: "protocol" },
  mark: { of: "mark" },
  ct_state: { of: "ct-state" },
};
