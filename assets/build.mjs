// Builds what the browser gets into build/static: one style sheet, the fonts, htmx.
// Run `node assets/build.mjs`; needs `npm ci` before. Takes about a second.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Features, transform } from "lightningcss";
import postcss from "postcss";
import { flattenLayers, lower, mustBeOld } from "./lower.mjs";
import { dropUnreadTokens, dropUnusedModes } from "./prune.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const source = join(root, "src", "lantoa");
const out = join(root, "build", "static", "web");
const OLDEST = { chrome: 80 << 16, safari: 13 << 16, firefox: 78 << 16 };

// The components pages use; adding one is a word here.
const BASE = ["base", "heading", "label", "paragraph"];
const COMPONENTS = [
  "link", "skip-link", "button", "alert", "avatar", "breadcrumbs", "card", "details", "divider",
  "error-summary", "field", "fieldset", "input", "validation-message", "list", "pagination",
  "spinner", "table", "tag",
];
const FONTS = ["latin-400", "latin-600", "vietnamese-400", "vietnamese-600"];
const SCRIPTS = { "htmx.org/dist/htmx.min.js": "htmx.js" };

const read = (...parts) => readFileSync(join(...parts), "utf8");

function parse(css, name) {
  const flat = transform({
    filename: name, code: Buffer.from(css), include: Features.Nesting,
    targets: { chrome: 200 << 16 }, exclude: Features.LogicalProperties,
  });
  return postcss.parse(flat.code.toString());
}

function layer(sheets, { raised = false } = {}) {
  const merged = postcss.root();
  for (const [name, css] of sheets) merged.append(parse(css, name).nodes);
  flattenLayers(merged, { raised });
  return merged;
}

const designsystem = (names) =>
  names.map((name) => [name, read(modules, "@digdir/designsystemet-css/dist/src", `${name}.css`)]);

function ownSheets() {
  const folder = join(source, "web", "css");
  return readdirSync(folder).filter((name) => name.endsWith(".css")).sort()
    .map((name) => [name, read(folder, name)]);
}

function styleSheet() {
  const sheet = postcss.root();
  sheet.append(layer([["theme.css", read(root, "assets", "theme.css")]]).nodes);
  sheet.append(layer(designsystem(BASE)).nodes);
  sheet.append(layer(designsystem(COMPONENTS)).nodes);
  sheet.append(layer(ownSheets(), { raised: true }).nodes);
  const lowered = lower(sheet);
  dropUnusedModes(lowered);
  dropUnreadTokens(lowered);
  const { code } = transform({
    filename: "lantoa.css", code: Buffer.from(lowered.toString()), minify: true, targets: OLDEST,
    exclude: Features.IsSelector | Features.NotSelectorList,
  });
  return code;
}

function fontName(font) {
  return `be-vietnam-pro-${font}-normal.woff2`;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });
const css = styleSheet();
mustBeOld(postcss.parse(css.toString()));
writeFileSync(join(out, "lantoa.css"), css);
for (const font of FONTS) {
  copyFileSync(join(modules, "@fontsource/be-vietnam-pro/files", fontName(font)), join(out, "fonts", fontName(font)));
}
for (const [from, to] of Object.entries(SCRIPTS)) copyFileSync(join(modules, from), join(out, to));
console.log(`build/static/web/lantoa.css ${css.length} bytes, ${gzipSync(css, { level: 9 }).length} gzipped`);
