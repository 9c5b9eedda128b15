import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import type Docker from "dockerode";

export const plainImage = "lab-busybox:1";
export const secretImage = "lab-busybox-with-secret:1";

const applets = ["cat", "httpd", "ip", "ls", "nc", "ping", "sh", "sleep", "true", "wget"];

/** Images out of the machine's static busybox: the lab reaches no registry. */
export async function makeImages(engine: Docker, scratch: string, secret: string): Promise<void> {
  const root = `${scratch}/image`;
  for (const folder of ["bin", "etc", "srv"]) mkdirSync(`${root}/${folder}`, { recursive: true });
  copyFileSync("/bin/busybox", `${root}/bin/busybox`);
  for (const applet of applets) symlinkSync("busybox", `${root}/bin/${applet}`);
  writeFileSync(`${root}/etc/passwd`, "root:x:0:0:root:/:/bin/sh\n");
  writeFileSync(`${root}/srv/index.html`, "lab\n");
  await Promise.all([
    importImage(engine, root, plainImage, []),
    importImage(engine, root, secretImage, [`ENV IMAGE_TOKEN=${secret}`]),
  ]);
}

async function importImage(
  engine: Docker,
  root: string,
  name: string,
  changes: readonly string[],
): Promise<void> {
  const [repo, tag] = name.split(":");
  const tar = spawn("tar", ["-C", root, "-c", "."], { stdio: ["ignore", "pipe", "inherit"] });
  const answer = await engine.importImage(tar.stdout, { repo, tag, changes });
  const words = await new Promise<string>((resolve, reject) => {
    let text = "";
    answer.on("data", (chunk) => {
      text += String(chunk);
    });
    answer.on("end", () => resolve(text)).on("error", reject);
  });
  if (!words.includes("sha256:")) throw new Error(`the engine made no image: ${words}`);
}
