// Bundle the viewer and the page around it: node build.mjs [folder]. Without a folder it writes ../dist, which is committed.
import { build } from "esbuild";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2] ?? resolve(here, "../dist"));

const common = {
  absWorkingDir: here,
  outdir: folder,
  bundle: true,
  minify: true,
  target: ["es2023"],
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
};
await build({
  ...common,
  entryPoints: { viewer: "src/panel.js", shell: "src/shell/shell.js", cells: "src/cells/cells.js" },
  format: "esm",
});
// A file opened from disk may not import modules: this one stands inside the page as a plain script.
await build({ ...common, entryPoints: { standalone: "src/standalone.js" }, format: "iife" });
