/**
 * Names that the kernel, an engine or a driver gives on every machine, so that they tell nothing of this
 * one. Numbers have at most four digits, and what follows `veth` is drawn by lot.
 */
const common = new RegExp(
  `^(?:lo|docker0|docker_gwbridge|cni0|podman\\d{0,4}|lxcbr\\d{1,4}|virbr\\d{1,4}|cilium_(?:host|net|vxlan)|${[
    "(?:eth|ens|eno|wlan|wwan|br|bond|team|dummy|tun|tap|wg|vnet|usb|sit|gre|gretap|erspan|tunl|ip6tnl|ip_vti|ip6_vti|ip6gre)\\d{1,4}",
    "flannel[.]\\d{1,4}",
    "vxlan\\d{0,4}",
    "veth[0-9a-f]{1,8}",
    "en[ps]\\d{1,3}(?:s\\d{1,3})?(?:f\\d{1,3})?(?:np\\d{1,3})?",
    "wlp\\d{1,3}s\\d{1,3}",
  ].join("|")})(?:[.]\\d{1,4})?$`,
);

export const isCommonInterface = (name: string): boolean => common.test(name);

const words = {
  network: ["bridge", "host", "none", "ingress", "docker_gwbridge", "podman"],
  driver: ["bridge", "host", "null", "none", "overlay", "macvlan", "ipvlan"],
  state: ["created", "running", "paused", "restarting", "removing", "exited", "dead"],
  moreStates: ["configured", "initialized", "stopped", "stopping", "unknown"],
  scope: ["global", "link", "host", "site", "nowhere"],
  table: ["main", "default", "local", "all", "unspec"],
  protocol: ["tcp", "udp", "sctp", "icmp"],
  engine: ["Docker", "Podman", "Podman Engine", "containerd"],
} as const;

const known =
  (...lists: readonly (readonly string[])[]) =>
  (text: string): boolean =>
    lists.flat().includes(text);

/** Each engine brings these networks. */
export const isCommonNetwork = known(words.network);
export const isCommonDriver = known(words.driver);
export const isCommonState = known(words.state, words.moreStates);
export const isCommonScope = (text: string): boolean =>
  known(words.scope)(text) || /^\d{1,3}$/.test(text);
export const isCommonTable = (text: string): boolean =>
  known(words.table)(text) || /^\d{1,3}$/.test(text);
export const isCommonProtocol = known(words.protocol);
export const isCommonEngine = known(words.engine);

/** Where engines put their sockets unless told otherwise. */
export const isCommonSocket = known([
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/run/podman/podman.sock",
  "/var/run/podman/podman.sock",
]);

/** Questions that Vethscope puts to an engine. */
export const isCommonEnginePath = known([
  "/version",
  "/info",
  "/networks",
  "/containers/json",
  "/containers/json?all=1",
]);

const distribution =
  /^(?:Debian GNU\/Linux|Ubuntu|Alpine Linux|Fedora Linux|CentOS Stream|CentOS Linux|Rocky Linux|AlmaLinux|Red Hat Enterprise Linux|openSUSE (?:Leap|Tumbleweed)|Arch Linux|Amazon Linux|Oracle Linux Server|Raspbian GNU\/Linux|Flatcar Container Linux|Docker Desktop)(?: v?\d{1,4}(?:[.]\d{1,4}){0,2})?/;

/** `Debian GNU/Linux 13 (trixie)` → `Debian GNU/Linux 13`; what no distribution says is left out. */
export const plainOs = (text: string): string => distribution.exec(text)?.[0] ?? "Linux";

/** `6.12.57-corp` → `6.12.57` */
export const plainVersion = (text: string): string =>
  /^\d{1,4}(?:[.]\d{1,4}){0,3}/.exec(text)?.[0] ?? "0";
