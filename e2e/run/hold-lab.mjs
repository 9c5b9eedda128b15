import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { onNode24, openSandbox, whyNoLab } from "./sandbox.mjs";

const port = 4781;
const link = "vethscope-lab";
const machineAddress = "10.99.1.100";

/** Brings the lab up for a person, with one veth to the machine's own namespace, until Ctrl-C. */
export async function holdLab(run, hold) {
  const why = whyNoLab();
  if (why !== null) {
    console.error(why);
    return 1;
  }
  const data = join(run.state, "data");
  mkdirSync(data, { mode: 0o700 });
  const sandbox = openSandbox(run, [...onNode24, "e2e/run/inside.mjs", "hold", data]);
  hold(sandbox);
  if (await isReady(join(data, "ready"), sandbox)) {
    const said = readFileSync(join(data, "ready"), "utf8");
    const { hosts } = JSON.parse(readFileSync(join(run.state, "lab.json"), "utf8"));
    const pid = machinePid(sandbox.pid, hosts[0].pid);
    explain(hosts[0], pid, plugInMachine(sandbox.pid));
    if (said.startsWith("http")) relay(pid, said);
    else console.log(`\n${said}: the lab is up without Vethscope. Ctrl-C takes it down.`);
  }
  return sandbox.ended;
}

async function isReady(file, sandbox) {
  const ended = sandbox.ended.then(() => "ended");
  while (!existsSync(file)) {
    const pause = new Promise((resolve) => setTimeout(resolve, 100));
    if ((await Promise.race([ended, pause])) === "ended") return false;
  }
  return true;
}

const childrenOf = (pid) =>
  readdirSync(`/proc/${pid}/task`)
    .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" "))
    .filter((child) => child !== "")
    .map(Number);

/** The process under `top` that its own pid namespace numbers 1 and the sandbox's `inner`. */
function machinePid(top, inner) {
  for (const pid of childrenOf(top)) {
    const [, numbers = ""] =
      /^NSpid:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    if (numbers.endsWith(`\t${inner}\t1`)) return pid;
    const deeper = machinePid(pid, inner);
    if (deeper !== null) return deeper;
  }
  return null;
}

/** The veth goes with the sandbox: its other end lies in the underlay. */
function plugInMachine(sandbox) {
  const [init] = childrenOf(sandbox);
  const inside = ["nsenter", "-t", String(init), "--net", "--mount", "ip"];
  const steps = [
    ["ip", "link", "add", link, "type", "veth", "peer", "name", "machine", "netns", String(init)],
    [...inside, "link", "set", "machine", "netns", "underlay"],
    [...inside, "-n", "underlay", "link", "set", "machine", "master", "br0", "up"],
    ["ip", "addr", "add", `${machineAddress}/24`, "dev", link],
    ["ip", "link", "set", link, "up"],
  ];
  return steps.every(([command, ...args]) => {
    const { status } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
    return status === 0;
  });
}

function explain(host, pid, plugged) {
  const lines = [
    "",
    `Lab host ${host.name}, enter it:  nsenter -t ${pid} -a`,
    `                  by docker:  DOCKER_HOST=unix:///proc/${pid}/root${host.dockerSocket} docker ps`,
  ];
  if (plugged) {
    const ssh = `ssh -i ${host.sshKeyFile} -o UserKnownHostsFile=${host.knownHostsFile}`;
    lines.push(`                     by ssh:  ${ssh} ${host.user}@${host.address}`);
    lines.push(`            a container's page:  http://${host.address}:8080/`);
  }
  console.log(lines.join("\n"));
}

/**
 * Vethscope listens on the loopback of the lab host only, and answers only to the address it
 * listens on: so the same port of our loopback leads there.
 */
function relay(pid, page) {
  const server = createServer((socket) => {
    const nc = spawn(
      "nsenter",
      ["-t", String(pid), "-n", "busybox", "nc", "127.0.0.1", String(port)],
      {
        stdio: ["pipe", "pipe", "ignore"],
      },
    );
    socket.pipe(nc.stdin).on("error", () => socket.destroy());
    nc.stdout.pipe(socket).on("error", () => nc.kill());
    socket.on("close", () => nc.kill());
    nc.on("error", () => socket.destroy());
  });
  server.on("error", (error) => console.error(`no way to Vethscope from here: ${error.message}`));
  server.listen(port, "127.0.0.1", () => {
    console.log(
      `\nThis machine's 127.0.0.1:${port} leads to Vethscope on the lab host. Open:\n${page}`,
    );
    console.log("Ctrl-C takes the lab down.");
  });
}
