import type { Answer, HostFacts } from "@/lib/facts/model";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import type { Transport } from "@/server/transport/port";
import { labHost } from "./lab-env";

/** The lab host as Vethscope sees it from beside it: through the namespaces of its init. */
export const besideLabHost = (): Promise<Transport> => local({ through: labHost().pid });

export const gatherLabHost = async (): Promise<HostFacts> =>
  gather(await besideLabHost(), { host: "lab1" });

/** What was said, without when and how fast, in an order that lanes cannot change. */
export const spoken = (facts: HostFacts): readonly Omit<Answer, "at" | "ms">[] =>
  facts.answers.map(({ at: _, ms: __, ...said }) => said).sort((a, b) => (a.id < b.id ? -1 : 1));
