import fc from "fast-check";
import { expect, test } from "vitest";
import { readDestination } from "./destination";

test.each([
  ["web", { host: "web" }],
  ["root@10.0.0.5", { host: "10.0.0.5", user: "root" }],
  ["user@host -p 22", { host: "host", user: "user", port: 22 }],
  ["ssh user@host -p2222", { host: "host", user: "user", port: 2222 }],
  ["-p 24 -l deploy root@host", { host: "host", user: "deploy", port: 24 }],
  ["ssh://root@host:23 -p 24", { host: "host", user: "root", port: 23 }],
  ["ssh://host/", { host: "host" }],
  ["ssh://a%40b@host", { host: "host", user: "a@b" }],
  ["user@corp@host", { host: "host", user: "user@corp" }],
  ["host:2222", { host: "host", port: 2222 }],
  ["root@[fe80::1%eth0]:22", { host: "fe80::1%eth0", user: "root", port: 22 }],
  ["::1", { host: "::1" }],
  ["主机", { host: "主机" }],
  ["host -J a,root@b:2222", { host: "host", jump: "a,root@b:2222" }],
  ["host -J none", { host: "host", jump: null }],
])("%s is read as ssh reads it", (text, destination) => {
  expect(readDestination(text)).toEqual({
    status: "read",
    destination: { identityFiles: [], ...destination },
  });
});

test("a key file is taken as it is written", () => {
  expect(readDestination("host -i ~/.ssh/lab")).toMatchObject({
    destination: { identityFiles: ["~/.ssh/lab"] },
  });
});

test.each([
  "",
  "   ",
  "host other",
  "host; id",
  "$(id)",
  "`id`@host",
  "user@host -p 0",
  "user@host -p 65536",
  "user@host -p",
  "host -o ProxyCommand=id",
  "-oProxyCommand=id",
  "host -F /etc/passwd",
  "user@-oProxyCommand=id",
  "-l -oProxyCommand=id host",
  "https://host",
  "ssh://host/path",
  "ssh://%zz",
  "host -J a,-oProxyCommand=id",
  "a b@host",
  "host\u0000",
  "x".repeat(2000),
])("%j is refused", (text) => {
  expect(readDestination(text).status).toBe("unreadable");
});

test("a password in a URL is refused and not repeated", () => {
  const read = readDestination("ssh://root:hunter2@host");
  expect(read).toEqual({ status: "unreadable", part: "ssh://root:…@host" });
  expect(JSON.stringify(readDestination("ssh://root:hun@ter2@host"))).not.toContain("ter2");
});

test("whatever is typed, what comes out never begins like an option", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom("-p", "22", "u@h", "-J", "-l", "-i", "ssh"))),
      (words) => {
        const read = readDestination(words.join(" "));
        if (read.status !== "read") return;
        const { host, user = "x" } = read.destination;
        expect(`${host} ${user}`).toMatch(/^[^-\s]\S* [^-\s]\S*$/);
      },
    ),
  );
});
