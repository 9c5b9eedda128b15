import { fileURLToPath } from "node:url";
import type { HostFacts } from "@/lib/facts/model";
import { insideHost, labHost } from "./lab-env";
import { run } from "./run-command";

const root = fileURLToPath(new URL("../..", import.meta.url));
const node = "node_modules/node/bin/node";

/** How the lab's host is seen by one process of it. */
export type Change = {
  /** Words before the command: another user, other capabilities. */
  readonly as?: readonly string[];
  /**
   * sh, run as root in a mount namespace of its own, in which $1 is an empty folder on a tmpfs, and /usr/bin
   * and /usr/sbin may be written (an overlay): tools can really be missing.
   */
  readonly tools?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** The checkout is seen at a place that every user may enter, wherever it really is. */
const seenAt = "/run/checkout";
const prepare = `set -e
mkdir -p ${seenAt} /run/changed
mount --bind "$1" ${seenAt}
mount -t tmpfs tmpfs /run/changed
for each in bin sbin; do
  mkdir /run/changed/upper-$each /run/changed/work-$each
  mount -t overlay -o "lowerdir=/usr/$each,upperdir=/run/changed/upper-$each,workdir=/run/changed/work-$each" overlay /usr/$each
done
mkdir /run/changed/empty
tools=$2
shift 2
(set -- /run/changed/empty; eval "$tools")
cd ${seenAt}
exec "$@"`;

/** What Vethscope gathers as a process of the changed host. Throws where it gathers nothing at all. */
export async function factsOfChanged(change: Change): Promise<HostFacts> {
  const vethscope = [`${seenAt}/${node}`, "--import", "./server/cli/ts-paths.mjs"];
  const variables = Object.entries({ HOME: "/tmp", ...change.env });
  const argv = [
    ...["unshare", "--mount", "sh", "-c", prepare, "sh", root, change.tools ?? ":"],
    ...(change.as ?? []),
    ...["env", ...variables.map(([name, value]) => `${name}=${value}`)],
    ...[...vethscope, "e2e/lab/print-facts.ts"],
  ];
  const { stdout, stderr, code } = await run(insideHost(labHost(), argv));
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as HostFacts;
}
