import { expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import type { HostFacts } from "@/lib/facts/model";
import { type Locale, locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import type { CheckName, Veth } from "@/lib/topology/model";
import { checkWords } from "./check-words";

const index = topologyIndex(understand(facts as unknown as HostFacts));

const veth = (name: string): Veth => {
  const thing = index.thing(key(name));
  if (thing?.kind !== "link" || thing.link.kind !== "veth") throw new Error(`no veth ${name}`);
  return thing.link;
};

const onHost = veth("peer:ctr:web/eth0");
const inWeb = veth("if:ctr:web/eth0");
const uplink = veth("if:host/eth0");

const say = (check: CheckName, holds: boolean, to: Veth | null = inWeb, locale: Locale = "en") =>
  checkWords(wordsIn(locale), index, { check, holds, evidence: [] }, { from: onHost, to });

test("numbers are named with the ends that they belong to, in both directions", () => {
  expect(say("iflink", true)).toBe("iflink 2 of veth5979c6f is the ifindex of eth0");
  expect(say("iflink-back", true)).toBe("iflink 7 of eth0 is the ifindex of veth5979c6f");
});

test("an nsid is named with the namespace that it is settled to", () => {
  expect(say("nsid", true)).toContain("link-netnsid 1 of veth5979c6f");
  expect(say("nsid", true)).toContain("in web (netns 4026535202)");
  expect(say("nsid-back", true)).toContain("on the host");
});

test("how many share a number is counted on this host", () => {
  expect(say("number-is-shared", true)).toBe(
    "9 interfaces in other namespaces carry ifindex 2: the number alone names nobody",
  );
});

test("where no peer was settled, none is spoken of", () => {
  const check = { check: "nsid", holds: false, evidence: [] } as const;
  const said = checkWords(wordsIn("en"), index, check, { from: uplink, to: null });
  expect(said).toBe("No namespace that was found is link-netnsid 0 of eth0");
});

const names: readonly CheckName[] = [
  "iflink",
  "iflink-back",
  "nsid",
  "nsid-back",
  "same-netns",
  "only-candidate",
  "number-is-shared",
  "mirrored-counters",
  "fdb",
];

test.each(locales)(
  "each check says another thing where it fails than where it holds (%s)",
  (locale) => {
    for (const name of names) {
      expect(say(name, false, inWeb, locale)).not.toBe(say(name, true, inWeb, locale));
    }
  },
);
