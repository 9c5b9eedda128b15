import fc from "fast-check";
import { expect, test } from "vitest";
import { allowedFields, enginePaths, isEnginePath } from "./engine-fields";

const mark = "s3cret-mark";

/** A container as an engine lists it, with a secret wherever people put secrets. */
const container = {
  Id: "0".repeat(64),
  Names: ["/web"],
  Image: "nginx",
  ImageID: mark,
  Command: `run --token=${mark}`,
  Created: 1,
  Ports: [{ IP: "0.0.0.0", PrivatePort: 80, PublicPort: 8080, Type: "tcp", Note: mark }],
  Labels: {
    "com.docker.compose.project": "shop",
    "org.example.token": mark,
    "com.docker.composer": mark,
    "x.com.docker.compose.project": mark,
  },
  State: "running",
  Status: "Up 3 minutes",
  Path: mark,
  Args: [mark],
  Config: { Env: [mark], Cmd: [mark] },
  HostConfig: { NetworkMode: "shop", Annotations: { token: mark } },
  NetworkSettings: {
    Networks: {
      shop: { NetworkID: "n", IPAddress: "10.0.0.2", IPPrefixLen: 24, DriverOpts: { t: mark } },
    },
  },
  Mounts: [{ Type: "volume", Name: "data", Driver: mark, RW: true }],
};

test("of a container only listed fields and labels pass", () => {
  const kept = allowedFields("/containers/json?all=1", [container]);
  expect(JSON.stringify(kept)).not.toContain(mark);
  expect(kept).toEqual([
    {
      Id: "0".repeat(64),
      Names: ["/web"],
      Image: "nginx",
      Created: 1,
      State: "running",
      Status: "Up 3 minutes",
      Ports: [{ IP: "0.0.0.0", PrivatePort: 80, PublicPort: 8080, Type: "tcp" }],
      Labels: { "com.docker.compose.project": "shop" },
      HostConfig: { NetworkMode: "shop" },
      NetworkSettings: {
        Networks: { shop: { NetworkID: "n", IPAddress: "10.0.0.2", IPPrefixLen: 24 } },
      },
      Mounts: [{ Type: "volume", Name: "data", RW: true }],
    },
  ]);
});

test("of networks and engine, options of drivers pass and proxies do not", () => {
  const network = {
    Id: "n",
    Name: "lan",
    Driver: "macvlan",
    Internal: false,
    IPAM: { Driver: "default", Options: { t: mark }, Config: [{ Subnet: "10.0.0.0/24" }] },
    Options: { parent: "eth0", "com.docker.network.bridge.name": "br0", password: mark },
    Labels: { token: mark, "io.podman.x": "y" },
    Containers: { [mark]: {} },
  };
  expect(allowedFields("/networks", [network])).toEqual([
    {
      Id: "n",
      Name: "lan",
      Driver: "macvlan",
      Internal: false,
      IPAM: { Driver: "default", Config: [{ Subnet: "10.0.0.0/24" }] },
      Options: { parent: "eth0", "com.docker.network.bridge.name": "br0" },
      Labels: { "io.podman.x": "y" },
    },
  ]);
  const info = { Name: "h", HttpProxy: mark, Labels: [mark], RegistryConfig: { Mirrors: [mark] } };
  expect(allowedFields("/info", info)).toEqual({ Name: "h" });
  const version = { Version: "29", Components: [{ Name: "Engine", Details: { token: mark } }] };
  expect(allowedFields("/version", version)).toEqual({
    Version: "29",
    Components: [{ Name: "Engine" }],
  });
});

test("what is of another type than it should be is dropped, and nothing throws", () => {
  expect(
    allowedFields("/containers/json?all=1", [{ Id: 7, Names: "web", Labels: [], Ports: {} }, "x"]),
  ).toEqual([{}]);
  expect(allowedFields("/networks", { message: "no" })).toBeUndefined();
  expect(allowedFields("/info", null)).toBeUndefined();
  fc.assert(
    fc.property(fc.constantFrom(...enginePaths), fc.jsonValue(), (path, body) => {
      JSON.stringify(allowedFields(path, body));
    }),
  );
});

const digest = `sha256:${"a1".repeat(32)}`;

test("of an image only its layers and its size pass", () => {
  const body = {
    Id: digest,
    RepoTags: [mark],
    Comment: mark,
    Config: { Env: [mark], Cmd: [mark], Labels: { token: mark } },
    Size: 4096,
    RootFS: { Type: "layers", Layers: [digest, mark, 7], BaseLayer: mark },
    GraphDriver: { Data: { LowerDir: mark } },
  };
  expect(allowedFields(`/images/sha256:${"a1".repeat(32)}/json`, body)).toEqual({
    Size: 4096,
    RootFS: { Type: "layers", Layers: [digest] },
  });
});

test("the image of a container is known by its digest, and by no other text", () => {
  const kept = allowedFields("/containers/json?all=1", [{ ImageID: digest }, { ImageID: mark }]);
  expect(kept).toEqual([{ ImageID: digest }, {}]);
});

test("an image is asked for by its digest only, and never for its history", () => {
  expect(isEnginePath(`/images/${digest}/json`)).toBe(true);
  for (const path of [
    "/images/nginx/json",
    "/images/IMAGE/json",
    `/images/${digest}/history`,
    `/images/${digest}/json?x=1`,
    `/images/../containers/${digest}/json`,
    `/images/${digest}x/json`,
    `/images/${digest}/json\n`,
  ])
    expect(isEnginePath(path), path).toBe(false);
});

test("these four paths are all that is asked while a host is read", () => {
  expect(enginePaths).toEqual(["/version", "/info", "/networks", "/containers/json?all=1"]);
  for (const path of ["/containers/json", "/containers/x/json", "/images/json", "constructor", ""])
    expect(isEnginePath(path)).toBe(false);
});
