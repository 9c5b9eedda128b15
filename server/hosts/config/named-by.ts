/** Who named a host. */
export type NamedBy =
  | "environment"
  | "docker-host"
  | "hosts-file"
  | "ssh-config"
  | "docker-context"
  | "page";
