// Drops what the theme defines and nothing reads: of some 700 tokens pages use a part.

// What a domain's own styles and drawn charts may name without building anew.
const PUBLIC = /^--ds-(color|size-\d|border|shadow|opacity|font-(size|weight|family)|line-height)/;

/** Removes schemes and typefaces that no page asks for: the pages are light, in one typeface. */
export function dropUnusedModes(root) {
  const unused = /data-color-scheme="(dark|auto)"|data-typography="secondary"/;
  root.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => !unused.test(selector));
    if (!kept.length) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
}

/** Removes custom properties that are not public and that no declaration refers to. */
export function dropUnreadTokens(root) {
  for (;;) {
    const read = new Set();
    root.walkDecls((decl) => {
      for (const [, name] of decl.value.matchAll(/var\(\s*(--[\w-]+)/g)) if (name !== decl.prop) read.add(name);
    });
    let removed = 0;
    root.walkDecls(/^--_?ds/, (decl) => {
      if (read.has(decl.prop) || PUBLIC.test(decl.prop)) return;
      decl.remove();
      removed += 1;
    });
    if (!removed) break;
  }
  root.walkRules((rule) => void (rule.nodes.length || rule.remove()));
  root.walkAtRules((at) => void (at.nodes && !at.nodes.length && at.remove()));
}
