import { visible } from "@/lib/graph/names";
import type { Step, Tuple } from "@/lib/netfilter/packet";
import type { WayStep } from "@/lib/ports/model";
import { endText } from "./port-text";
import { linkOf, namespaceOf, type Saying } from "./reason-words";

const one = (address: string, { first, last }: Tuple["sourcePort"]): string =>
  first === last ? endText(address, first) : visible(address);

const destinationOf = ({ destination, destinationPort }: Tuple): string =>
  one(destination, destinationPort);
const sourceOf = ({ source, sourcePort }: Tuple): string => one(source, sourcePort);

function ruleWords({ words }: Saying, step: Step): string {
  const chain = visible(step.chain);
  const n = step.place ?? 0;
  if (step.rule === null) return words("ports.way.policy", { chain, did: step.did });
  switch (step.did) {
    case "jump":
    case "goto":
      return words("ports.way.jump", { chain, n, to: visible(step.to ?? "") });
    case "return":
      return words("ports.way.return", { chain, n });
    case "dnat":
    case "redirect":
      if (step.after === null) break;
      return words("ports.way.destination", { chain, n, to: destinationOf(step.after) });
    case "snat":
    case "masquerade":
      if (step.after === null) break;
      return words("ports.way.source", { chain, n, from: sourceOf(step.after) });
  }
  return words("ports.way.verdict", { chain, n, did: step.did });
}

/** One step of a way, as a sentence. */
export function stepWords(saying: Saying, step: WayStep): string {
  const { words } = saying;
  switch (step.did) {
    case "sent":
      return words(step.by === "program" ? "ports.way.sent" : "ports.way.proxied", {
        place: namespaceOf(saying, step.netns),
        to: destinationOf(step.header),
      });
    case "came": {
      const values = { place: namespaceOf(saying, step.netns), link: linkOf(saying, step.link) };
      return step.port === null
        ? words("ports.way.came", values)
        : words("ports.way.cameByPort", { ...values, port: linkOf(saying, step.port) });
    }
    case "met-rule":
      return ruleWords(saying, step.step);
    case "was-local":
      return words("ports.way.local", {
        place: namespaceOf(saying, step.netns),
        address: visible(step.address),
      });
    case "routed":
      return words("ports.way.routed", {
        place: namespaceOf(saying, step.netns),
        link: linkOf(saying, step.link),
        to: visible(step.nextHop),
      });
    case "crossed":
      return words("ports.way.crossed", {
        from: linkOf(saying, step.from),
        to: linkOf(saying, step.to),
      });
    case "switched":
      return words("ports.way.switched", {
        bridge: linkOf(saying, step.bridge),
        from: linkOf(saying, step.from),
        to: linkOf(saying, step.to),
      });
    case "reached":
      return words("ports.way.reached", { place: namespaceOf(saying, step.netns) });
    case "left":
      return words("ports.way.left", {
        link: linkOf(saying, step.link),
        to: visible(step.nextHop),
      });
  }
}
