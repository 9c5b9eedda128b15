/** What one may ask of a thing, as in `net:shop`. Never translated: a link works in every language. */
export const fields = [
  "name",
  "container",
  "image",
  "id",
  "net",
  "project",
  "service",
  "ip",
  "mac",
  "if",
  "veth",
  "eth",
  "ifindex",
  "netns",
  "port",
  "state",
  "kind",
  "proof",
] as const;
export type Field = (typeof fields)[number];

/** Other words for the same, among them what one types on a Chinese keyboard without switching. */
const aliases: Readonly<Record<string, Field>> = {
  network: "net",
  bridge: "net",
  interface: "if",
  iface: "if",
  dev: "if",
  link: "if",
  index: "ifindex",
  address: "ip",
  addr: "ip",
  cidr: "ip",
  subnet: "ip",
  inode: "netns",
  ns: "netns",
  namespace: "netns",
  ports: "port",
  status: "state",
  type: "kind",
  compose: "project",
  ctr: "container",
  名称: "name",
  容器: "container",
  镜像: "image",
  网络: "net",
  网桥: "net",
  项目: "project",
  服务: "service",
  地址: "ip",
  接口: "if",
  索引: "ifindex",
  命名空间: "netns",
  端口: "port",
  状态: "state",
  类型: "kind",
  证明: "proof",
};

/** null: there is no such field. */
export const fieldNamed = (name: string): Field | null => {
  const lower = name.toLowerCase();
  return (
    fields.find((field) => field === lower) ??
    (Object.hasOwn(aliases, lower) ? (aliases[lower] ?? null) : null)
  );
};

/** The words that a field takes, where it does not take any. */
export const fieldWords = {
  state: [
    "up",
    "down",
    "unknown",
    "running",
    "stopped",
    "exited",
    "paused",
    "created",
    "restarting",
    "removing",
    "dead",
  ],
  kind: [
    "container",
    "veth",
    "bridge",
    "nic",
    "macvlan",
    "ipvlan",
    "vlan",
    "vxlan",
    "network",
    "netns",
    "loopback",
    "other",
  ],
  proof: ["exact", "consistent", "ambiguous", "unseen", "contradictory"],
} as const satisfies Partial<Record<Field, readonly string[]>>;
