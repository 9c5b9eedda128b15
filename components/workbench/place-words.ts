import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Namespace, NamespaceName } from "@/lib/topology/model";

const named: Readonly<
  Record<NamespaceName["by"], (words: Words, name: string, netns: string) => string>
> = {
  host: (words) => words("place.host"),
  container: (words, name, netns) => words("place.container", { name, netns }),
  "ip-netns": (words, name, netns) => words("place.ipNetns", { name, netns }),
  pod: (words, name, netns) => words("kinds.place.pod", { name, netns }),
  overlay: (words, name, netns) => words("kinds.place.overlay", { name, netns }),
  "load-balancer": (words, name, netns) => words("kinds.place.loadBalancer", { name, netns }),
  ingress: (words, _name, netns) => words("kinds.place.ingress", { netns }),
  unit: (words, name, netns) => words("kinds.place.unit", { name, netns }),
  process: (words, name, netns) => words("place.process", { name, netns }),
  inode: (words, _name, netns) => words("place.netns", { netns }),
};

type Named = Pick<Namespace, "name" | "label">;

/** Where something is, as part of a sentence: `on the host`, `in web (netns 4026532567)`. */
export const namespacePlace = (words: Words, namespace: Named): string =>
  named[namespace.name.by](words, visible(namespace.name.text), visible(namespace.label));

/** What a namespace is called, alone: `the host`, `web`, `pod shop-1`, `netns 4026532567`. */
export const namespaceName = (words: Words, { name }: Namespace): string => {
  const text = visible(name.text);
  switch (name.by) {
    case "host":
      return words("place.theHost");
    case "container":
    case "ip-netns":
    case "process":
    case "unit":
      return text;
    case "inode":
      return `netns ${text}`;
    case "pod":
    case "overlay":
    case "load-balancer":
    case "ingress":
      return `${name.by} ${text}`;
  }
};
