import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import { writtenFacts } from "./written-host";

const host = writtenFacts({ namespaces: [{ inode: 4026531840, links: [] }] });

const looked = (before: string, after: string): HostFacts => ({
  ...host,
  answers: [
    ...host.answers.filter(({ probe }) => !probe.startsWith("netns-paths")),
    ...(["netns-paths", "netns-paths-after"] as const).map((probe, at) => ({
      id: answerId(probe, null),
      probe,
      netns: null,
      entered: null,
      asked: { kind: "command" as const, argv: ["stat"] },
      at: "2026-01-01T00:00:00.000Z",
      ms: 1,
      stdout: at === 0 ? before : after,
      stderr: "",
      exit: 0,
      cut: false,
    })),
  ],
});

const own = "4 4026531840 /proc/self/ns/net\n";
const plain = "24 77 /run/docker/netns/abcdefabcdef\n";
const left = (facts: HostFacts) => understand(facts).leftovers;

test("a file of another device in a folder of namespaces is left over, with the line that says so", () => {
  expect(left(looked(own + plain, own + plain))).toEqual([
    {
      path: "/run/docker/netns/abcdefabcdef",
      evidence: { answer: "netns-paths", at: { line: 1 } },
    },
  ]);
});

test("one on which a namespace was mounted meanwhile was being made", () => {
  const mounted = "4 4026532001 /run/docker/netns/abcdefabcdef\n";
  expect(left(looked(own + plain, own + mounted))).toEqual([]);
  expect(left(looked(own + plain, own))).toEqual([]);
});

test("namespaces, and what is elsewhere, are not left over", () => {
  const held = `${own}4 4026532001 /run/netns/blue\n24 78 /proc/7/ns/net\n`;
  expect(left(looked(held, held))).toEqual([]);
  expect(left(looked(plain, plain))).toEqual([]);
});
