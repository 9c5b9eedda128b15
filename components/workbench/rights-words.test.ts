import { expect, test } from "vitest";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { type Right, sudoersLines } from "@/lib/topology/rights";
import { rightWords, sudoersWords } from "./rights-words";

const denied: Right = {
  name: "ask-engine",
  state: "missing",
  why: "denied",
  told: { probe: null, netns: null, reason: "engine-denied", socket: "/run/docker.sock" },
};

test("a missing right says what the host said, what it costs and what would give it", () => {
  expect(rightWords(wordsIn("en"), denied)).toMatchObject({
    name: "Ask the engine",
    state: "no",
    why: "The host refused: /run/docker.sock",
    gives: expect.stringContaining("docker"),
  });
});

test("of a right that is there nothing is asked for", () => {
  const have: Right = { ...denied, state: "have", why: "allowed", told: null };
  expect(rightWords(wordsIn("en"), have)).toMatchObject({ costs: null, gives: null });
});

test.each(locales)(
  "the lines of sudoers that start any program are said to equal root (%s)",
  (locale) => {
    const said = sudoersLines("ann").map((line) => [
      line.line,
      sudoersWords(wordsIn(locale), line),
    ]);
    const words = wordsIn(locale);
    const toldOf = (text: string) =>
      said.filter(([, told]) => told?.includes(text)).map(([line]) => line?.split(": ")[1]);
    const shells = ["ALL", "/bin/sh -s"];
    const starters = ["/usr/bin/nsenter", "/sbin/ip", "/usr/bin/docker"];
    expect(toldOf(words("rights.sudoers.equalsRoot"))).toEqual([...shells, ...starters]);
    // Of those that are not used nobody should hope for more.
    expect(toldOf(words("rights.sudoers.used"))).toEqual(shells);
    expect(toldOf(words("rights.sudoers.unused"))).toEqual([...starters, "/usr/bin/lsns"]);
  },
);
