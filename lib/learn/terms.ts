/** The notes by subject, in the order in which one would read them. */
export const groups = {
  wires: ["netns", "veth", "ifindex", "nsid", "mtu"],
  bridges: ["bridge", "docker0", "gateway", "fdb", "stp", "hairpin"],
  modes: [
    "drivers",
    "scope",
    "host-network",
    "none-network",
    "shared-netns",
    "macvlan",
    "ipvlan",
    "overlay",
  ],
  ways: ["masquerade", "dnat", "docker-proxy", "dns"],
  files: ["image-layers", "volumes"],
} as const;

export type Group = keyof typeof groups;
export const groupNames = Object.keys(groups) as readonly Group[];

/** What a note is about; the last part of its address. */
export type Term = (typeof groups)[Group][number];
export const terms: readonly Term[] = groupNames.flatMap((group) => groups[group]);

/** What people also call it, or look for. */
const otherNames: Readonly<Record<string, Term>> = {
  iflink: "ifindex",
  "link-netnsid": "nsid",
  subnet: "gateway",
  port: "dnat",
  snat: "masquerade",
  vxlan: "overlay",
  "bind-mount": "volumes",
  propagation: "volumes",
};

/** null: there is no note on it. */
export const termOf = (name: string): Term | null => {
  const plain = name.toLowerCase();
  const other = Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined;
  return terms.find((term) => term === plain) ?? other ?? null;
};

/** The notes before and after in the order of the index; null at its ends. */
export const neighbours = (
  term: Term,
): { readonly before: Term | null; readonly after: Term | null } => {
  const at = terms.indexOf(term);
  return { before: terms[at - 1] ?? null, after: terms[at + 1] ?? null };
};
