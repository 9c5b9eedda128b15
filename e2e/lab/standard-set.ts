import { plainImage, secretImage } from "./image";

/**
 * Stands in the environment, the command line, a label and the image's ENV of one container: seen
 * anywhere in what Vethscope keeps or sends, it is a leak.
 */
export const SECRET_MARK = "lab-secret-7c41e09b5d";

export type NetworkPlan = {
  readonly name: string;
  readonly driver: "bridge" | "macvlan";
  readonly subnet: string;
  readonly range?: string;
  readonly internal?: true;
  readonly options?: Readonly<Record<string, string>>;
};

export type ContainerPlan = {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  /** Modes of the engine, or networks in the order in which it joins them: eth0, eth1, … */
  readonly network: "host" | "none" | { readonly of: string } | readonly [string, ...string[]];
  readonly address?: string;
  readonly alias?: string;
  /** `docker run -p`: container port and protocol, then host address and port. */
  readonly ports?: readonly (readonly [port: string, ip: string, hostPort: string])[];
  readonly env?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly stops?: true;
};

export const networks: readonly NetworkPlan[] = [
  { name: "shop", driver: "bridge", subnet: "172.30.0.0/24" },
  { name: "vault", driver: "bridge", subnet: "172.31.0.0/24", internal: true },
  {
    name: "quiet",
    driver: "bridge",
    subnet: "172.29.0.0/24",
    options: { "com.docker.network.bridge.enable_icc": "false" },
  },
  {
    name: "lan",
    driver: "macvlan",
    subnet: "10.99.1.0/24",
    range: "10.99.1.192/28",
    options: { parent: "eth0" },
  },
];

const sleeps = ["/bin/busybox", "sleep", "99999"];
const serves = (port: number, ...more: string[]): readonly string[] => [
  ...["/bin/busybox", "httpd", "-f", "-p", String(port), "-h", "/srv", ...more],
];

const plain = (
  name: string,
  network: ContainerPlan["network"],
  more: Partial<ContainerPlan> = {},
): ContainerPlan => ({ name, image: plainImage, command: sleeps, network, ...more });

const composed = (service: string): Readonly<Record<string, string>> => ({
  "com.docker.compose.project": "shop",
  "com.docker.compose.service": service,
  "com.docker.compose.container-number": "1",
  "com.docker.compose.oneoff": "False",
});

export const containers: readonly ContainerPlan[] = [
  plain("web", ["bridge"], {
    image: secretImage,
    command: serves(80, "-r", SECRET_MARK),
    env: [`WEB_TOKEN=${SECRET_MARK}`],
    labels: { "org.example.token": SECRET_MARK },
    ports: [["80/tcp", "", "8080"]],
  }),
  plain("web2", ["bridge"], {
    command: serves(80),
    ports: [
      ["80/tcp", "", "80"],
      ["443/tcp", "127.0.0.1", "8443"],
      ["53/udp", "", "5353"],
    ],
  }),
  plain("api", ["shop"], {
    command: serves(9000),
    alias: "backend",
    labels: composed("api"),
    ports: [
      ["9000/tcp", "", "9000"],
      ["9001/tcp", "", "9001"],
      ["9002/tcp", "", "9002"],
    ],
  }),
  plain("db", ["shop", "vault"], { address: "172.30.0.50", labels: composed("db") }),
  plain("proxy", ["shop", "bridge"]),
  plain("q1", ["quiet"]),
  plain("q2", ["quiet"]),
  plain("secret", ["vault"]),
  plain("node-exporter", "host"),
  plain("batch", "none"),
  plain("camera", ["lan"]),
  plain("gone", ["bridge"], { command: ["/bin/busybox", "true"], stops: true }),
  plain("modern-1", "none"),
  plain("modern-2", "none"),
  plain("modern-3", "none"),
  plain("sidecar", { of: "web" }),
];
