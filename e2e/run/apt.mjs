import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hasCommand, isRoot } from "./run-tool.mjs";

const wanted = [
  ...["chromium", "openssh-server", "sudo", "iproute2", "iptables", "nftables", "ipset", "ethtool"],
  ...["bridge-utils", "busybox-static", "conntrack", "iputils-ping", "curl", "plotnetcfg"],
  ...["graphviz", "fonts-noto-cjk", "fish"],
];
const needed = () => (hasCommand("dockerd") ? wanted : [...wanted, "docker.io"]);

/**
 * Installs by apt what the lab and the browser tests need.
 * @returns {boolean} false only when it was tried and failed
 */
export function installPackages(log) {
  const packages = needed();
  const line = `apt-get install --no-install-recommends ${packages.join(" ")}`;
  if (!isDebian()) {
    log(`The lab needs root on Debian. There the packages are: ${line}`);
    return true;
  }
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return true;
  if (!isRoot() || process.env.VETHSCOPE_INSTALL === "0") {
    log(`Missing packages, to be installed by root: ${line}`);
    return true;
  }
  log(`Installing by apt: ${missing.join(" ")}`);
  return withServicesHeld(
    () => apt("update") && apt("install", "--yes", "--no-install-recommends", ...missing),
  );
}

function isDebian() {
  if (process.platform !== "linux" || !hasCommand("apt-get")) return false;
  return /^ID=debian$/m.test(
    existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "",
  );
}

function isInstalled(name) {
  try {
    const argv = ["-W", "-f", "$" + "{db:Status-Status}", name];
    const quiet = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("dpkg-query", argv, quiet) === "installed";
  } catch {
    return false;
  }
}

const apt = (...argv) =>
  spawnSync("apt-get", argv, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }).status === 0;

const policy = "/usr/sbin/policy-rc.d";
const asFound = `${policy}.vethscope-found`;

/**
 * Debian starts a daemon as soon as its package is installed, unless policy-rc.d says 101. What
 * was there before is moved aside and put back, also by the next run after one that was killed.
 */
function withServicesHeld(work) {
  if (isThere(asFound)) putBack();
  if (isThere(policy)) renameSync(policy, asFound);
  writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    return work();
  } finally {
    putBack();
  }
}

function putBack() {
  rmSync(policy, { force: true });
  if (isThere(asFound)) renameSync(asFound, policy);
}

/** A link that leads nowhere is there, too. */
const isThere = (path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
