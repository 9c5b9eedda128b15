import { type Draft, type HostSpan, onePort, type StandIn } from "./draft";
import type { Listener, PortSpan, Sending } from "./model";
import { type PortRule, portsAfter } from "./port-rules";
import { isAbout, type PortRules } from "./sendings";

/** Each is asked from everywhere: a walk through all rules. */
const mostAsked = 6;
/** So many ports of a range are looked at for one that no rule before takes. */
const mostLooked = 256;

const heardPorts = (listener: Listener): readonly number[] =>
  listener.status === "several" ? listener.heard.map(({ port }) => port) : [];

/** The first of the range that no other rule takes before this one does. */
function firstOf(isTaken: (port: number) => boolean, { port, last }: PortSpan): number {
  for (let at = port; at <= Math.min(last, port + mostLooked); at += 1) if (!isTaken(at)) return at;
  return port;
}

/** What rules tell apart inside a range is asked where it matters: at its first port, and where somebody listens. */
export function standInsOf(
  rules: PortRules,
  rule: PortRule,
  host: HostSpan,
  { to }: Sending,
  listener: Listener,
): readonly StandIn[] {
  if (host.port === host.last) return [];
  const becomes = (port: number): number =>
    portsAfter(rule.becomes, { first: port, last: port }).first;
  const isTaken = (port: number): boolean => {
    const one = { ...host, port, last: port };
    const first = rules.on(one).find((each) => isAbout(each, one));
    return first !== undefined && first.sending.rule !== rule.sending.rule;
  };
  const first = firstOf(isTaken, host);
  const heard = heardPorts(listener)
    .map((port) => port - to.port + host.port)
    .filter(
      (port, nth) =>
        port >= host.port && port <= host.last && becomes(port) === heardPorts(listener)[nth],
    )
    .filter((port) => port !== first && !isTaken(port));
  return [first, ...heard].slice(0, mostAsked).map((port) => ({ port, becomes: becomes(port) }));
}

/** A line for one port as it is; for a range one for each that stands for it. */
export const standing = (draft: Draft): readonly Draft[] =>
  draft.standIns.length === 0
    ? [draft]
    : draft.standIns.map(({ port, becomes }) => ({
        ...draft,
        host: draft.host && { ...draft.host, ...onePort(port) },
        target: draft.target && { ...draft.target, ...onePort(becomes) },
      }));
