/**
 * PID 1 of the sandbox: `main.ts STATE CGROUP -- COMMAND…` brings the lab up, runs COMMAND beside it
 * and ends with its exit status. The kernel then ends whatever still runs in here.
 */
import { spawn } from "node:child_process";
import { bringUpLab, closeSandbox, labFileIn } from "./inside";

const args = process.argv.slice(2);
const cut = args.indexOf("--");
const command = args.slice(cut + 1);
const [state = "", cgroup = ""] = args.slice(0, cut);

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

const start = Date.now();
await closeSandbox(state);
const { containers, veth_pairs } = await bringUpLab(state, cgroup);
const sizes = `${Object.keys(containers).length} containers, ${veth_pairs.length} pairs`;
console.log(`The lab is up: ${sizes}, ${seconds(start)}`);

const [file = "", ...rest] = command;
const env = { ...process.env, VETHSCOPE_LAB: labFileIn(state) };
const child = spawn(file, rest, { stdio: "inherit", env });
child.on("exit", (code) => process.exit(code ?? 1));
