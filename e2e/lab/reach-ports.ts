/** What the Ports view tells of the wards' hosts, as a person would read it. */
const ofHosts = ["host tcp 0.0.0.0:7000 listening world", "host tcp 127.0.0.1:7001 listening host"];

export const ordinaryPorts: readonly string[] = [
  ...ofHosts,
  "host udp 0.0.0.0:7002 listening world",
  "published tcp 0.0.0.0:8080 → 172.17.0.2:80 by docker-proxy listening world",
  "published tcp 0.0.0.0:8081 → 172.17.0.2:81 by docker-proxy nobody world",
  "published tcp 0.0.0.0:8082 → 172.17.0.2:82 by docker-proxy elsewhere world",
  "published tcp 0.0.0.0:8089 → 172.17.0.2:89 by docker-proxy listening world",
  "published tcp 0.0.0.0:9000 → 172.30.0.2:9000 by docker-proxy listening world",
  "published tcp 0.0.0.0:9001 → 172.30.0.2:9001 by docker-proxy listening world",
  "published tcp 0.0.0.0:9002 → 172.30.0.2:9002 by docker-proxy listening world",
  "published tcp 0.0.0.0:9100 → 172.30.0.2:9100 by docker-proxy listening world",
  "published tcp 0.0.0.0:9300 → 172.29.0.2:80 by docker-proxy listening world",
  "published tcp 10.99.1.41:8444 → 172.17.0.2:444 by docker-proxy listening world",
  "published tcp 127.0.0.1:8443 → 172.17.0.2:443 by docker-proxy listening host",
  "published udp 0.0.0.0:5353 → 172.17.0.2:53 by docker-proxy listening world",
  "unpublished tcp → :80 listening containers",
  // Internal and alone; on a macvlan.
  "unpublished tcp → :80 listening host",
  "unpublished tcp → :80 listening lan",
  "unpublished tcp → :85 listening containers",
];

export const proxylessPorts: readonly string[] = [
  ...ofHosts,
  "host udp 0.0.0.0:7002 listening world",
  "published tcp 0.0.0.0:8080 → 172.17.0.2:80 listening world",
  "published tcp 0.0.0.0:8081 → 172.17.0.2:81 nobody world",
  "published tcp 0.0.0.0:8082 → 172.17.0.2:82 elsewhere world",
  "published tcp 0.0.0.0:8089 → 172.17.0.2:89 nobody world",
  "published tcp 0.0.0.0:9000 → 172.30.0.2:9000 listening world",
  "published tcp 0.0.0.0:9001 → 172.30.0.2:9001 listening world",
  "published tcp 0.0.0.0:9002 → 172.30.0.2:9002 listening world",
  "published tcp 0.0.0.0:9100 → 172.30.0.2:9100 listening world",
  "published tcp 0.0.0.0:9300 → 172.29.0.2:80 listening world",
  "published tcp 10.99.1.42:8444 → 172.17.0.2:444 listening world",
  "published tcp 127.0.0.1:8443 → 172.17.0.2:443 listening host",
  "published udp 0.0.0.0:5353 → 172.17.0.2:53 listening world",
  "unpublished tcp → :80 listening containers",
  "unpublished tcp → :85 listening containers",
];

/** While it has no rules at all. */
export const docker29Ports: readonly string[] = [
  ...ofHosts,
  "published tcp 0.0.0.0:8080 → 192.0.2.2:80 by docker-proxy listening world",
  "unpublished tcp → :80 listening containers",
  "unpublished tcp → :80 listening containers",
  "unpublished tcp → :80 listening containers",
  "unpublished tcp → :80 listening containers",
  "unpublished tcp → :85 listening containers",
];
