/**
 * One host that is reached over SSH, as a configuration file, the page or the command line names it.
 * `name` is what people call it (and the host's place in URLs), `host` the address that is connected to,
 * `port` a TCP port, `identityFiles` absolute paths of private keys in the order in which they are offered,
 * `via` the jump hosts from the nearest to the last; each has an empty `via` of its own.
 */
export type SshTarget = {
  readonly name: string;
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly identityFiles: readonly string[];
  readonly via: readonly SshTarget[];
  /** HostKeyAlias: what known_hosts calls the host, with any port. */
  readonly keyAlias?: string;
  /** known_hosts files for this host alone (UserKnownHostsFile, GlobalKnownHostsFile), absolute. */
  readonly knownHosts?: readonly string[];
  /** IdentitiesOnly: of an agent only keys that are in `identityFiles`. */
  readonly identitiesOnly?: true;
  /** Ways in that are not to be used (PasswordAuthentication no), by their names in SSH. */
  readonly without?: readonly string[];
  /** IdentityAgent: the socket of another agent than usual. Empty: none. */
  readonly agent?: string;
};
