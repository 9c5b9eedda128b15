import { shellQuote } from "@/lib/net/shell-quote";
import { at, chosen, engineTool, looks, where } from "./examples";
import type { FindOnHost } from "./model";

export const imageLayers: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const container = chosen(
    topology.containers.filter(({ image, named }) => image !== null && named === "engine"),
    wanted,
  );
  if (container?.image == null) return null;
  const { image } = container;
  const tool = engineTool(topology);
  return {
    about: container.key,
    looks: looks(
      {
        typed: shellQuote([tool, "image", "inspect", "-f", "{{json .RootFS.Layers}}", image]),
        place: null,
      },
      {
        typed: shellQuote([tool, "ps", "-a", "--filter", `ancestor=${image}`]),
        place: where(host, "engine-containers", null, ({ Image }) => Image === image, [
          "Names",
          "Image",
        ]),
      },
    ),
  };
};

type Mounted = { readonly Mounts?: unknown };
const hasMounts = ({ Mounts }: Mounted): boolean => Array.isArray(Mounts) && Mounts.length > 0;

export const volumes: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const fields = ["Names", "Mounts", "Type", "Name", "Source", "Destination", "RW", "Propagation"];
  const mounted = where(host, "engine-containers", null, hasMounts, fields);
  if (mounted === null) return null;
  const places = mounted.at.map((each) => JSON.stringify(each));
  const container = chosen(
    topology.containers.filter(
      ({ evidence }) => evidence !== null && places.includes(JSON.stringify(evidence.at)),
    ),
    wanted,
  );
  if (container?.evidence == null) return null;
  return {
    about: container.key,
    looks: looks({
      typed: shellQuote([
        engineTool(topology),
        "inspect",
        "-f",
        "{{json .Mounts}}",
        container.name,
      ]),
      place: at(container.evidence, fields),
    }),
  };
};
