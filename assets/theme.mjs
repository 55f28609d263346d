// Makes theme.css anew from designsystemet.config.json: `npm run theme`, needed only when the
// configuration changes. The generator brings 149 packages (104 MB, 16 s) that no installation
// needs, so its result is kept in the repository, like any other design decision.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const GENERATOR = "@digdir/designsystemet@1.15.0";
const HEADER =
  "/* Design tokens of Lan Tỏa, made from designsystemet.config.json by 'npm run theme'. Do not edit. */\n";

const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), "lantoa-theme-"));
const config = "designsystemet.config.json";

function generate(...words) {
  execFileSync("npx", ["--yes", GENERATOR, "tokens", ...words], { cwd: work, stdio: "inherit" });
}

copyFileSync(join(here, config), join(work, config));
generate("create", "--config", config);
generate("build");
const made = readFileSync(join(work, "design-tokens-build", "lantoa.css"), "utf8");
writeFileSync(join(here, "theme.css"), HEADER + made.replace(/^@charset[^\n]*\n/, ""));
rmSync(work, { recursive: true, force: true });
