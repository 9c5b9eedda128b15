import type { Vxlan } from "@/lib/topology/model";
import { visible } from "./names";

const mostRemotes = 2;

/** Where a tunnel leads, a line for each: `VNI 4097`, `→ 10.99.1.12`; of many hosts how many more there are. */
export const tunnelLines = ({ vni, remotes }: Vxlan): readonly string[] => {
  const all = (remotes ?? []).map(({ address }) => `→ ${visible(address)}`);
  const more = all.length - mostRemotes;
  return [
    ...(vni === null ? [] : [`VNI ${vni}`]),
    ...all.slice(0, mostRemotes),
    ...(more > 0 ? [`+${more}`] : []),
  ];
};

/** The same in one line; null: nothing is known of it. */
export const tunnelText = (link: Vxlan): string | null => {
  const lines = tunnelLines(link);
  return lines.length === 0 ? null : lines.join(" ");
};
