// Bundle the viewer and the page around it: node build.mjs [folder]. Without a folder it writes ../dist, which is committed.
import { build } from "esbuild";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2] ?? resolve(here, "../dist"));

await build({
  absWorkingDir: here,
  entryPoints: { viewer: "src/panel.js", shell: "src/shell/shell.js" },
  outdir: folder,
  bundle: true,
  format: "esm",
  minify: true,
  target: ["es2023"],
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
});
