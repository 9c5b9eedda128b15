import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { catalogue } from "@/lib/probes/catalogue";
import {
  allowedFields,
  type EnginePath,
  enginePaths,
  fieldLines,
} from "@/server/transport/engine-fields";
import { fieldsProgram, textProgram } from "./awk-programs";
import { collectScript } from "./collect-script";

const folder = mkdtempSync(join(tmpdir(), "vethscope-collect-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** Every awk of this machine: mawk, gawk and BusyBox's differ in what they take. */
const awks = [["mawk"], ["gawk"], ["busybox", "awk"], ["awk"]].filter(
  ([command = "", ...words]) => spawnSync(command, [...words, "BEGIN { exit 0 }"]).status === 0,
);

const ran = (awk: readonly string[], program: string, words: readonly string[]): string => {
  const [command = "", ...first] = awk;
  const env = { ...process.env, LC_ALL: "C" };
  return spawnSync(command, [...first, program, ...words], { env, encoding: "utf8" }).stdout;
};

test("an awk is there to try the programs with", () => {
  expect(awks.length).toBeGreaterThan(0);
});

test.each(["en", "zh-CN"] as const)("the script in %s is one that a shell reads", (locale) => {
  const { status, stderr } = spawnSync("sh", ["-n"], { input: collectScript(wordsIn(locale)) });
  expect(`${stderr}`).toBe("");
  expect(status).toBe(0);
});

test("it asks the questions of the catalogue and no others", () => {
  const script = collectScript(wordsIn("en"));
  const asked = [...script.matchAll(/\bask(?:_engine)? ([a-z][a-z0-9-]+) /g)].map(
    ([, name]) => name,
  );
  const wanted = catalogue.filter(({ scope }) => scope !== "opened").map(({ name }) => name);
  expect(new Set(asked)).toEqual(new Set(wanted));
  const unsaid = catalogue.filter(
    ({ why, scope }) => scope !== "opened" && !script.includes(`# ${why}\n`),
  );
  expect(unsaid).toEqual([]);
});

test("it does nothing until its last line has arrived, and says what it is at its top", () => {
  const lines = collectScript(wordsIn("en")).trimEnd().split("\n");
  expect(lines[0]).toBe("#!/bin/sh");
  expect(lines.at(-1)).toBe('collect "$@"');
  expect(lines.slice(0, 20).join("\n")).toContain("NOT REDACTED");
});

const nasty = [
  "plain",
  'quotes " and \\ and \\\\" \\',
  "tab\tbreak\nreturn\rescape\u001b bell\u0007",
  "容器 ünï \u202e 😀",
  "% %s %d & && \\1 $(reboot) `x`",
  '"',
  "\\",
  "\n",
];

test.each(awks.map((awk) => [awk.join(" "), awk] as const))(
  "%s writes any text as JSON",
  (_, awk) => {
    for (const text of nasty) expect(JSON.parse(ran(awk, textProgram, [text]))).toBe(text);
  },
);

/** As the engine's API has it, with what may not leave among it. */
const containers = [
  {
    Id: "ab".repeat(32),
    Names: ["/web", '/odd"\\name'],
    Image: "nginx",
    ImageID: `sha256:${"0a".repeat(32)}`,
    Command: "SECRET --password=SECRET",
    Created: 1_700_000_000,
    Ports: [{ IP: "0.0.0.0", PrivatePort: 80, PublicPort: 8080, Type: "tcp", SECRET: true }, {}],
    Labels: {
      "com.docker.compose.project": 'shop, {with} [signs]: "quoted"',
      "com.docker.network": "SECRET: not behind the dot",
      "org.example.token": "SECRET",
      "io.podman.x": "kept",
      "": "SECRET",
    },
    State: "running",
    Status: 'Up "3" days',
    HostConfig: { NetworkMode: "bridge", Annotations: { a: "SECRET" } },
    NetworkSettings: {
      SECRET: 1,
      Networks: {
        "my, {net}": {
          IPAMConfig: { IPv4Address: "SECRET" },
          Aliases: null,
          IPAddress: "172.17.0.2",
          IPPrefixLen: 16,
          MacAddress: "02:42:ac:11:00:02",
          DNSNames: ["a", "b"],
        },
      },
    },
    Mounts: [{ Type: "bind", Source: "/a", RW: true, Mode: 7, SECRET: [1, [2, { x: "SECRET" }]] }],
    SizeRw: -1.5e3,
  },
  { Id: 7, Names: "SECRET", ImageID: "sha256:SECRET", Labels: ["SECRET"], Ports: {} },
  "SECRET",
];

const samples: Readonly<Record<string, unknown>> = {
  "/containers/json?all=1": containers,
  "/version": {
    Version: "28.5",
    Components: [{ Name: "Engine", Details: { a: "SECRET" } }],
    Env: ["SECRET"],
  },
  "/info": {
    ID: "x",
    Name: "delta",
    HttpProxy: "http://SECRET",
    Swarm: { NodeID: "", Cluster: { ID: "SECRET" } },
    Containers: 3,
    LiveRestoreEnabled: true,
  },
  "/networks": [
    {
      Name: "bridge",
      Internal: false,
      IPAM: { Config: [{ Subnet: "172.17.0.0/16" }] },
      Options: { "com.docker.network.bridge.name": "docker0", secret: "SECRET" },
      Containers: { SECRET: {} },
    },
  ],
};

test.each(awks.flatMap((awk) => enginePaths.map((path) => [awk.join(" "), path, awk] as const)))(
  "%s keeps of %s the fields that the live way keeps, and nothing else",
  (_, path: EnginePath, awk) => {
    for (const indent of [undefined, 2]) {
      const file = join(folder, "raw.json");
      writeFileSync(file, JSON.stringify(samples[path], null, indent));
      const kept = ran(awk, fieldsProgram, [fieldLines(path).join("\n"), file]);
      expect(kept).not.toContain("SECRET");
      expect(JSON.parse(kept)).toEqual(allowedFields(path, samples[path]));
    }
  },
);
