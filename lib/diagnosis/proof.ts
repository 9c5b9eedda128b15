import type { Attachment, Container, Link, Network } from "@/lib/topology/model";
import type { Evidence } from "./model";

/** A part of what some evidence names; a line of text has no parts and is named whole. */
const partOf = ({ answer, at }: Evidence, ...steps: readonly (string | number)[]): Evidence => ({
  answer,
  at: "line" in at ? at : { path: [...at.path, ...steps] },
});

/** The line that gives an interface this address; the interface itself where it has none such. */
export const addressEvidence = (link: Link, address: string): Evidence => {
  const place = link.addresses.findIndex((each) => each.address === address);
  return place < 0 ? link.evidence : partOf(link.evidence, "addr_info", place);
};

/** The container, and what the engine says of one of its networks. */
export const attachmentEvidence = (
  { evidence }: Container,
  { networkName }: Attachment,
): readonly Evidence[] =>
  evidence === null ? [] : [evidence, partOf(evidence, "NetworkSettings", "Networks", networkName)];

/** What the engine says of whose namespace a container shares. */
export const modeEvidence = ({ evidence }: Container): readonly Evidence[] =>
  evidence === null ? [] : [evidence, partOf(evidence, "HostConfig")];

/** What the engine says of a network's subnets. */
export const subnetEvidence = ({ evidence, subnets }: Network): readonly Evidence[] =>
  subnets.map((_, nth) => partOf(evidence, "IPAM", "Config", nth));
