import { expect, test } from "vitest";
import { key } from "@/lib/net/ids";
import { writtenFacts } from "@/lib/topology/written-host";
import { openHosts } from "./hosts";
import { noteAnswers, noteHost } from "./note-answers";
import { sampleHost } from "./sample-host";

/** A host without containers, and the sample; `asked` counts how often the first was read. */
const opened = () => {
  const asked = { times: 0 };
  const hosts = openHosts(
    [
      {
        id: "bare",
        source: "live",
        gather: async () => {
          asked.times += 1;
          return writtenFacts({ namespaces: [{ inode: 1, links: [] }] });
        },
      },
      sampleHost,
    ],
    (error) => {
      throw error;
    },
  );
  return { hosts, asked };
};

test("a host that was not read is not read for a note; the sample answers in its place", async () => {
  const { hosts, asked } = opened();
  const answers = await noteAnswers(hosts, "bare", "veth", null);
  expect(answers).toMatchObject({ status: "unread", host: "bare" });
  expect(answers.status === "unread" && answers.sample?.said.length).toBe(2);
  expect(asked.times).toBe(0);
});

test("a host that was read answers itself, or is said to have no such thing", async () => {
  const { hosts, asked } = opened();
  await hosts.snapshot("bare");
  const absent = await noteAnswers(hosts, "bare", "veth", null);
  expect(absent).toMatchObject({ status: "absent", sample: { said: [{}, {}] } });
  expect(asked.times).toBe(1);
  const own = await noteAnswers(hosts, "sample", "macvlan", key("if:ctr:camera/eth0"));
  expect(own).toMatchObject({ status: "answered", said: { about: "if:ctr:camera/eth0" } });
});

test("what the sample has not, nobody answers", async () => {
  const { hosts } = opened();
  expect(await noteAnswers(hosts, "sample", "overlay", null)).toEqual({
    status: "absent",
    host: "sample",
    sample: null,
  });
});

test("the first name that is a host is taken, else the sample", () => {
  const { hosts } = opened();
  expect(noteHost(hosts, undefined, "bare")).toBe("bare");
  expect(noteHost(hosts, "nobody", "bare")).toBe("bare");
  expect(noteHost(hosts, "nobody", "__proto__")).toBe("sample");
});
