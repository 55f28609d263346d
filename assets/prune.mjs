// Drops design tokens that nothing reads: the theme defines some 700, pages use a part.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const READERS = /\.(html|css|js|mjs|py|svg)$/;

/** Every `--ds-…` named in our own source tree (templates, styles, drawn charts). */
export function tokensNamedIn(folder) {
  const names = new Set();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !READERS.test(entry.name)) continue;
    const text = readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8");
    for (const [name] of text.matchAll(/--ds-[\w-]+/g)) names.add(name);
  }
  return names;
}

/** Removes schemes and typefaces that no page asks for: the pages are light, in one typeface. */
export function dropUnusedModes(root) {
  const unused = /data-color-scheme="(dark|auto)"|data-typography="secondary"/;
  root.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => !unused.test(selector));
    if (!kept.length) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
}

/** Removes custom properties that no declaration and no `keep` name refers to. */
export function dropUnreadTokens(root, keep) {
  for (;;) {
    const read = new Set(keep);
    root.walkDecls((decl) => {
      for (const [, name] of decl.value.matchAll(/var\(\s*(--[\w-]+)/g)) if (name !== decl.prop) read.add(name);
    });
    let removed = 0;
    root.walkDecls(/^--_?ds/, (decl) => {
      if (read.has(decl.prop)) return;
      decl.remove();
      removed += 1;
    });
    if (!removed) break;
  }
  root.walkRules((rule) => void (rule.nodes.length || rule.remove()));
  root.walkAtRules((at) => void (at.nodes && !at.nodes.length && at.remove()));
}
