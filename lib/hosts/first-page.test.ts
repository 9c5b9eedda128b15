import { expect, test } from "vitest";
import type { HostEntry } from "./entry";
import { firstPage } from "./first-page";

const entry = (id: string, source: HostEntry["source"] = "live"): HostEntry => ({
  id,
  source,
  name: null,
  state: { state: "unread" },
  last: null,
  ssh: null,
  engineOnly: null,
});
const local = entry("local");
const sample = entry("sample", "recorded");
const far = entry("ssh-web1");

test("the host that was looked at last comes first, as long as it is known", () => {
  expect(firstPage([local, far, sample], "ssh-web1", false)).toBe("/hosts/ssh-web1");
  expect(firstPage([local, sample], "ssh-web1", false)).toBe("/hosts/local");
  expect(firstPage([local, sample], "//evil.test", false)).toBe("/hosts/local");
});

test("this machine is shown where something is wired, and while that is not known", () => {
  expect(firstPage([local, sample], undefined, false)).toBe("/hosts/local");
  expect(firstPage([local, far, sample], undefined, null)).toBe("/hosts/local");
});

test("on a bare machine the configured hosts are offered, else where to begin", () => {
  expect(firstPage([local, far, sample], undefined, true)).toBe("/hosts");
  expect(firstPage([local, sample], undefined, true)).toBe("/start");
});
