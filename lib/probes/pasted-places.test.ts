import { expect, test } from "vitest";
import type { Answer } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { pastedName, pastedPlaces } from "./pasted-places";

const answer = (stdout: string): Answer => ({
  id: answerId("pasted-places", null),
  probe: "pasted-places",
  netns: null,
  entered: null,
  asked: { kind: "command", argv: ["pasted"] },
  at: "2026-01-01T00:00:00.000Z",
  ms: 0,
  stdout,
  stderr: "",
  exit: 0,
  cut: false,
});

const whole = `{"called":"web01"}
{"netns":"pasted 1","owner":{"kind":"host"},"by":"root@web01:~# ip a"}
{"netns":"pasted 2","owner":{"kind":"process","pid":1503}}`;

test("each namespace with its owner, and the host's name beside them", () => {
  expect(pastedPlaces.parse(answer(whole))).toEqual({
    rows: [
      { netns: netnsLabel("pasted 1"), owner: { kind: "host" }, at: 1 },
      { netns: netnsLabel("pasted 2"), owner: { kind: "process", pid: 1503 }, at: 2 },
    ],
    unread: [],
  });
  expect(pastedName.parse(answer(whole))).toEqual({
    rows: [{ called: "web01", at: 0 }],
    unread: [],
  });
});

test("facts from before hosts had names, and lines that are none, are told apart", () => {
  expect(pastedName.parse(answer(whole.split("\n").slice(1).join("\n"))).rows).toEqual([]);
  for (const line of ["{", '{"netns":"pasted 1"}', '{"netns":1,"owner":{"kind":"host"}}', "null"])
    expect(pastedPlaces.parse(answer(line)).unread).toHaveLength(1);
  expect(pastedName.parse(answer('{"called":7}')).unread).toHaveLength(1);
});
