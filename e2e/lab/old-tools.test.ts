import { expect, test, vi } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { understand } from "@/lib/pipeline";
import { factsOfChanged } from "./changed-host";
import { claims, knownPairs, wrongClaims } from "./known-pairs";
import { labHost, onHost } from "./lab-env";

vi.setConfig({ testTimeout: 60_000 });

/** An `ip` that refuses -j with the words and the status of iproute2 4.9; the rest is the real one. */
const textOnly = `
mv "$(command -v ip)" /usr/sbin/ip-real
cat >/usr/sbin/ip <<'END'
#!/bin/sh
for word; do
  case $word in
    -j|-json) echo 'Option "-j" is unknown, try "ip -help".' >&2; exit 255 ;;
    -*) ;;
    *) break ;;
  esac
done
exec /usr/sbin/ip-real "$@"
END
chmod 755 /usr/sbin/ip`;

/** As iproute2 4.15: -j is known and links answer in JSON; the other objects print text all the same. */
const jsonForLinksOnly = `
mv "$(command -v ip)" /usr/sbin/ip-real
cat >/usr/sbin/ip <<'END'
#!/bin/sh
case " $* " in
  *" -j "*" -batch "*)
    while read -r line; do
      case $line in
        addr*) /usr/sbin/ip-real -d -s -j $line ;;
        *) /usr/sbin/ip-real -d -s $line ;;
      esac
    done ;;
  *) exec /usr/sbin/ip-real "$@" ;;
esac
END
chmod 755 /usr/sbin/ip`;

const noLsns = "rm /usr/bin/lsns";

const busyboxOnly = `
cp /bin/busybox "$1/busybox"
for each in $(/bin/busybox --list | grep -v "^busybox$"); do ln -s busybox "$1/$each"; done
/bin/busybox mount --bind "$1" /usr/bin
/bin/busybox mount --bind "$1" /usr/sbin`;

const argvOf = (facts: HostFacts, probe: string): readonly string[] => {
  const asked = facts.answers.find((each) => each.probe === probe)?.asked;
  return asked?.kind === "command" ? asked.argv : [];
};

const state = async (): Promise<readonly string[]> => {
  const all = [
    ["cat", "/proc/1/mountinfo"],
    ["ls", "/run", "/run/netns"],
    ["ip", "-d", "link"],
  ];
  const said = await Promise.all(all.map((argv) => onHost(labHost(), argv)));
  return said.map(({ stdout }) => stdout.replace(/ *\d+\.\d+/g, " T"));
};

test("an ip that prints text only leaves every pair exact", async () => {
  const facts = await factsOfChanged({ tools: textOnly });
  const topology = understand(facts);
  expect(argvOf(facts, "ip-addr")).toEqual(["ip", "-d", "-s", "addr", "show"]);
  expect(topology.gaps).toEqual([]);
  expect(wrongClaims(topology)).toEqual([]);
  expect(claims(topology).filter(({ proof }) => proof === "exact")).toHaveLength(knownPairs().size);
});

test("without lsns the map comes from names in a mount namespace of its own, and the host stays as it is", async () => {
  const before = await state();
  const facts = await factsOfChanged({ tools: noLsns });
  expect(await state()).toEqual(before);
  const topology = understand(facts);
  expect(argvOf(facts, "lsns")[2]).toContain("unshare -m");
  expect(wrongClaims(topology)).toEqual([]);
  expect(claims(topology).filter(({ proof }) => proof === "exact")).toHaveLength(knownPairs().size);
});

test("neither lsns nor JSON: still every pair is exact", async () => {
  const topology = understand(await factsOfChanged({ tools: `${textOnly}\n${noLsns}` }));
  expect(wrongClaims(topology)).toEqual([]);
  expect(claims(topology).filter(({ proof }) => proof === "exact")).toHaveLength(knownPairs().size);
});

test("an ip that prints JSON for links and text for the rest leaves every pair exact", async () => {
  const topology = understand(await factsOfChanged({ tools: jsonForLinksOnly }));
  expect(topology.gaps).toEqual([]);
  expect(topology.routes.length).toBeGreaterThan(20);
  expect(wrongClaims(topology)).toEqual([]);
  expect(claims(topology).filter(({ proof }) => proof === "exact")).toHaveLength(knownPairs().size);
});

test.each(["dash", "bash", "busybox"])(
  "with %s for sh the host is read as with any other",
  async (shell) => {
    const facts = await factsOfChanged({ tools: `ln -sf ${shell} /usr/bin/sh` });
    const topology = understand(facts);
    expect(topology.gaps).toEqual([]);
    expect(wrongClaims(topology)).toEqual([]);
    expect(claims(topology).filter(({ proof }) => proof === "exact")).toHaveLength(
      knownPairs().size,
    );
  },
);

test.each([
  ["no xargs", "rm /usr/bin/xargs"],
  ["an xargs without -0", "printf '#!/bin/sh\\necho xargs: -0? >&2; exit 1\\n' >/usr/bin/xargs"],
  ["no timeout", "rm /usr/bin/timeout"],
  ["no bridge", "rm -f /usr/sbin/bridge /usr/bin/bridge"],
])("with %s every pair is exact all the same", async (_, tools) => {
  const topology = understand(await factsOfChanged({ tools }));
  expect(wrongClaims(topology)).toEqual([]);
  expect(claims(topology).filter(({ proof }) => proof === "exact")).toHaveLength(knownPairs().size);
});

test("with BusyBox alone pairs are consistent or ambiguous, never wrong and never exact", async () => {
  const facts = await factsOfChanged({ tools: busyboxOnly });
  const topology = understand(facts);
  expect(argvOf(facts, "ip-addr")).toEqual(["sh", "-c", "ip addr show; cat /proc/net/dev"]);
  const found = claims(topology);
  expect(wrongClaims(topology)).toEqual([]);
  expect(found.filter(({ proof }) => proof === "exact")).toEqual([]);
  expect(found.length).toBeGreaterThan(20);
});
