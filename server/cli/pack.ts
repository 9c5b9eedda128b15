/**
 * `npm run pack`: the command line as a package of its own, without dependencies, in `.vethscope/` (or the
 * folder that is named): `npx ./vethscope-0.1.0.tgz --help`.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "rolldown";
import about from "@/package.json" with { type: "json" };

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, ".vethscope"));
const made = join(folder, "package");

/** dockerode takes them for builds (BuildKit), which nothing of ours asks for; they are half of all code. */
const unused = new Set(["@grpc/grpc-js", "@grpc/proto-loader"]);

const withoutUnused: Plugin = {
  name: "without-unused",
  resolveId: (id) => (unused.has(id) ? `\0${id}` : null),
  load: (id) => (unused.has(id.slice(1)) ? "export default {}" : null),
};

/** `/…/node_modules/@scope/name/file` → `@scope/name`. */
const packageOf = (id: string): string | null =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? null;

/** The licence texts of what became part of the bundle, as its licences ask for. */
function licences(packages: readonly string[]): string {
  const texts = packages.map((name) => {
    const at = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
    const file = readdirSync(at).find((each) => /^(licen[cs]e|copying)/i.test(each));
    const text = file === undefined ? "" : readFileSync(join(at, file), "utf8");
    return `${name} ${version}, ${license}, as published on npm\n\n${text.trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

/** What ssh2 expects in every file of its own; rolldown leaves them as they are. */
const commonJsNames = [
  'import { fileURLToPath as pathOfUrl } from "node:url";',
  "const __filename = pathOfUrl(import.meta.url);",
  'const __dirname = pathOfUrl(new URL(".", import.meta.url));',
].join("");

const manifest = {
  name: about.name,
  version: about.version,
  description: about.description,
  license: about.license,
  type: "module",
  bin: { vethscope: "vethscope.mjs" },
  engines: { node: ">=22" },
};

rmSync(made, { recursive: true, force: true });
mkdirSync(made, { recursive: true });

const { output } = await build({
  input: { vethscope: join(root, "server/cli/commands/main.ts") },
  cwd: root,
  platform: "node",
  // Native parts of ssh2 that are not there: it does without.
  external: [/[.]node$/, "cpu-features"],
  tsconfig: join(root, "tsconfig.json"),
  plugins: [withoutUnused],
  output: {
    dir: made,
    format: "esm",
    minify: true,
    // Beside each other: fonts are found from whichever file asks for them.
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name]-[hash].mjs",
    banner: ({ isEntry }) => (isEntry ? `#!/usr/bin/env node\n${commonJsNames}` : commonJsNames),
  },
});

const bundled = output.flatMap((each) => (each.type === "chunk" ? each.moduleIds : []));
const packages = [...new Set(bundled.flatMap((id) => packageOf(id) ?? []))].sort();
writeFileSync(join(made, "LICENSES-bundled.txt"), licences(packages));
cpSync(join(root, "server/picture/fonts"), join(made, "fonts"), { recursive: true });
cpSync(join(root, "node_modules/@resvg/resvg-wasm/index_bg.wasm"), join(made, "resvg.wasm"));
for (const name of ["LICENSE", "CHANGELOG.md"])
  if (existsSync(join(root, name))) cpSync(join(root, name), join(made, name));
writeFileSync(
  join(made, "README.md"),
  `# ${about.name}\n\n${about.description}\n\n    npx ${about.name} --help\n`,
);
writeFileSync(join(made, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

execFileSync("npm", ["pack", made, "--pack-destination", folder, "--silent"], {
  cwd: made,
  stdio: ["ignore", "ignore", "inherit"],
});
console.log(join(folder, `${about.name}-${about.version}.tgz`));
