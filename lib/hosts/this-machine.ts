/** What the machine that Vethscope runs on lets it see, before anything is read. */
export type ThisMachine =
  | { readonly kind: "linux"; readonly root: boolean }
  /** `platform` as Node names it: darwin, win32, … */
  | { readonly kind: "elsewhere"; readonly platform: string };

/** sudo has a PATH of its own, in which a user's Node may be missing. */
export const startAsRoot = 'sudo env "PATH=$PATH" npm start';

/** Vethscope in a container that sees its host: each part with the words for what it unlocks. */
export const containerParts = {
  flagNetwork: ["--network", "host"],
  flagPid: ["--pid", "host"],
  // Docker's AppArmor profile keeps ptrace, and so /proc/PID/ns, from all that runs outside it.
  flagCaps: [
    ...["SYS_PTRACE", "SYS_ADMIN"].flatMap((name) => ["--cap-add", name]),
    ...["--security-opt", "apparmor=unconfined"],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * Run in the folder of Vethscope, which is mounted into an image that has Node. No word of it needs
 * quoting but that folder, which the shell fills in.
 */
export const containerCommand: string = [
  "docker run --rm -it",
  ...Object.values(containerParts).flat(),
  '-v "$PWD":/vethscope -w /vethscope node:24 npm start',
].join(" ");
