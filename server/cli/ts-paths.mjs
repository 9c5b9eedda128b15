/**
 * Lets plain Node (≥ 24, which strips types itself) run our TypeScript outside Next:
 * `node --import ./server/cli/ts-paths.mjs file.ts`. It answers `@/x` with the file under the
 * project's root and adds the extension that bundler-style imports leave out.
 */
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = pathToFileURL(fileURLToPath(new URL("../../", import.meta.url)));
// What Next has built says its endings, and is CommonJS: a URL that we answer is no path to require().
const built = new URL(".next/", root).href;
const endings = ["", ".ts", ".tsx", ".mjs"];

function ours(specifier, parentURL) {
  if (specifier.startsWith("@/")) return new URL(specifier.slice(2), root);
  if (parentURL?.startsWith(built)) return null;
  if (specifier.startsWith("./") && parentURL?.startsWith(root.href)) {
    return new URL(specifier, parentURL);
  }
  return null;
}

registerHooks({
  resolve(specifier, context, next) {
    const url = ours(specifier, context.parentURL);
    if (url === null || url.pathname.includes("/node_modules/")) return next(specifier, context);
    const ending = endings.find((each) => existsSync(fileURLToPath(`${url.href}${each}`)));
    return next(ending === undefined ? specifier : `${url.href}${ending}`, context);
  },
});
