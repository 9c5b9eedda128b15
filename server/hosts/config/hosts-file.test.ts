import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseHostsFile, readHostsFile } from "./hosts-file";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vethscope-hosts-file-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const parse = (text: string) => parseHostsFile(text, "hosts.yaml");

test("a host is a line as behind ssh, or that with a name, keys and jump hosts", () => {
  const text = `
hosts:
  - prod-01
  - name: web
    ssh: deploy@10.0.0.5 -p 2222
    identityFile: ~/.ssh/web
    jump: bastion, root@inner
  - ssh: other
    identityFile: [/a, /b c]
`;
  expect(parse(text)).toEqual({
    hosts: [
      { name: null, ssh: "prod-01", identityFiles: [], jump: null, line: 3 },
      {
        name: "web",
        ssh: "deploy@10.0.0.5 -p 2222",
        identityFiles: ["~/.ssh/web"],
        jump: "bastion, root@inner",
        line: 4,
      },
      { name: null, ssh: "other", identityFiles: ["/a", "/b c"], jump: null, line: 8 },
    ],
    engines: [],
    remarks: [],
  });
});

test("an engine is a tcp:// line, or that with a name and the folder of its keys", () => {
  const text = `
hosts:
  - tcp://127.0.0.1:2375
  - engine: tcp://10.0.0.1
    name: nas
    certPath: ~/nas
`;
  expect(parse(text)).toEqual({
    hosts: [],
    engines: [
      { name: "tcp://127.0.0.1:2375", engine: "tcp://127.0.0.1:2375", certPath: null, line: 3 },
      { name: "nas", engine: "tcp://10.0.0.1", certPath: "~/nas", line: 4 },
    ],
    remarks: [],
  });
});

test.each([
  [
    "hosts:\n  - a\n  - engine: tcp://h\n    ssh: h\n  - b\n",
    "hosts.config.yamlField",
    4,
    { field: "ssh" },
  ],
  ["hosts:\n  - a\n  - ssh: [1]\n  - b\n", "hosts.config.yamlEntry", 3, { entry: "ssh" }],
  ["hosts:\n  - 7\n  - a\n  - b\n", "hosts.config.yamlEntry", 2, { entry: "1" }],
  [
    "hosts:\n  - a\n  - b\n  - ssh: x\n    pasword: y\n",
    "hosts.config.yamlField",
    5,
    { field: "pasword" },
  ],
  ["hosts:\n  - a\n  - name: x\n  - b\n", "hosts.config.yamlEntry", 3, { entry: "ssh" }],
] as const)(
  "a wrong entry is told with its line, and the others count: %j",
  (text, error, line, values) => {
    const { hosts, remarks } = parse(text);
    expect(remarks).toEqual([{ error, values, at: { file: "hosts.yaml", line } }]);
    expect(hosts.map(({ ssh }) => ssh)).toEqual(["a", "b"]);
  },
);

test.each([
  ["hosts:\n  - a\n   - b: [\n", "hosts.config.yaml"],
  ["hosts: [a\n", "hosts.config.yaml"],
  ["- a\n", "hosts.config.yamlForm"],
  ["hosts: a\n", "hosts.config.yamlForm"],
  ["hosts: []\nextra: 1\n", "hosts.config.yamlForm"],
])("a file of another form names the line: %j", (text, error) => {
  const { hosts, remarks } = parse(text);
  expect(hosts).toEqual([]);
  expect(remarks).toMatchObject([{ error, at: { file: "hosts.yaml" } }]);
  expect(remarks[0]?.at?.line).toBeGreaterThan(0);
});

test("an empty file is a list of none", () => {
  expect(parse("# nothing yet\n")).toEqual({ hosts: [], engines: [], remarks: [] });
});

test("a file that is not there is worth a word only where a person named it", () => {
  const file = join(folder, "none.yaml");
  expect(readHostsFile(file, false)).toEqual({ hosts: [], engines: [], remarks: [] });
  expect(readHostsFile(file, true).remarks).toMatchObject([
    { error: "hosts.config.unreadable", values: { code: "ENOENT" }, at: { file, line: null } },
  ]);
});

test("what is too large, or never ends, is not read", () => {
  const file = join(folder, "large.yaml");
  writeFileSync(file, "#".repeat(1024 * 1024 + 1));
  expect(readHostsFile(file, false).remarks).toMatchObject([{ error: "hosts.config.tooLarge" }]);
  const device = join(folder, "device.yaml");
  symlinkSync("/dev/zero", device);
  expect(readHostsFile(device, false).remarks).toMatchObject([{ error: "hosts.config.noFile" }]);
});

test("aliases that unfold to more than memory holds are refused", () => {
  const levels = "abcdefghij".split("");
  const bomb = levels.map((name, index) => {
    const inner = Array.from({ length: 9 }, () => `*${levels[index - 1]}`);
    return `${name}: &${name} [${index === 0 ? "x" : inner.join(",")}]`;
  });
  expect(parse(`${bomb.join("\n")}\nhosts: *j\n`).remarks).toHaveLength(1);
});

test("whatever is in it, it is read without a throw", () => {
  const piece = fc.constantFrom(
    "hosts:",
    "  - ",
    "- ",
    "ssh: ",
    "&a",
    "*a",
    "[",
    "{",
    "\n",
    ": ",
    "!!js",
    "'",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (text) => {
      parse(text.join(""));
    }),
  );
});
