// Lowers today's CSS to what Android WebView 80 understands. Left-to-right
// pages only, so logical properties become physical ones.
import isPseudo from "@csstools/postcss-is-pseudo-class";
import postcss from "postcss";
import parseSelector from "postcss-selector-parser";

const SIDES = { "inline-start": "left", "inline-end": "right", "block-start": "top", "block-end": "bottom" };
const AXES = { inline: ["left", "right"], block: ["top", "bottom"] };
const CORNERS = {
  "border-start-start-radius": "border-top-left-radius",
  "border-start-end-radius": "border-top-right-radius",
  "border-end-start-radius": "border-bottom-left-radius",
  "border-end-end-radius": "border-bottom-right-radius",
};

// A selector an old browser cannot parse spoils the whole list it stands in.
const FRAGILE = /:has\(|:focus-visible|:is\(|:where\(|:dir\(|:popover-open|:user-invalid|::file-selector-button|-moz-|::-webkit|:autofill|:open|:modal|::details-content/;

const ONE_VARIABLE = /^var\([^()]*\)$/;
const PSEUDO_ELEMENT = /^(::|:(before|after|first-line|first-letter)$)/;

function splitValues(value) {
  return postcss.list.space(value);
}

/** margin-inline: a b → margin-left: a; margin-right: b, and so on. */
function physicalProperties(root) {
  root.walkDecls((decl) => {
    const prop = decl.prop.toLowerCase();
    if (prop.startsWith("--")) return;
    if (CORNERS[prop]) return void (decl.prop = CORNERS[prop]);
    if (prop === "inset") return void spread(decl, ["top", "right", "bottom", "left"], "");
    const axis = prop.match(/^(margin|padding|inset|border)-(inline|block)(-width|-style|-color)?$/);
    if (axis) {
      const [, base, direction, tail = ""] = axis;
      const sides = AXES[direction];
      const names = sides.map((side) => (base === "inset" ? side : `${base}-${side}${tail}`));
      if (base === "border" && !tail) return void replaceWith(decl, names.map((name) => [name, decl.value]));
      if (ONE_VARIABLE.test(decl.value)) return; // may hold two values: left to browsers that know it
      const values = splitValues(decl.value);
      return void replaceWith(decl, [[names[0], values[0]], [names[1], values[1] ?? values[0]]]);
    }
    for (const [logical, side] of Object.entries(SIDES)) {
      if (!prop.includes(logical)) continue;
      decl.prop = prop.startsWith("inset-") ? side : prop.replace(logical, side);
    }
    if (prop === "text-align" && decl.value === "start") decl.value = "left";
    if (prop === "text-align" && decl.value === "end") decl.value = "right";
    if (prop === "inline-size") decl.prop = "width";
    if (prop === "block-size") decl.prop = "height";
  });
}

function replaceWith(decl, pairs) {
  for (const [prop, value] of pairs) decl.before({ prop, value, important: decl.important });
  decl.remove();
}

function spread(decl, sides) {
  const [top, right = top, bottom = top, left = right] = splitValues(decl.value);
  replaceWith(decl, sides.map((side, index) => [side, [top, right, bottom, left][index]]));
}

/** `:where` counts as `:is` (which is expanded next) and `:not(a, b)` as `:not(a):not(b)`. */
function simplerSelectors(root) {
  const transform = parseSelector((selectors) => {
    selectors.walkPseudos((pseudo) => {
      if (pseudo.value === ":where") pseudo.value = ":is";
      if (pseudo.value === ":not" && pseudo.nodes.length > 1) {
        const rest = pseudo.nodes.slice(1);
        for (const selector of rest) {
          selector.remove();
          pseudo.parent.insertAfter(pseudo, parseSelector.pseudo({ value: ":not", nodes: [selector] }));
        }
      }
    });
  });
  root.walkRules((rule) => {
    if (/:where\(|:not\(/.test(rule.selector)) rule.selector = transform.processSync(rule.selector);
  });
}

function dropRightToLeft(root) {
  root.walkRules(/:dir\(rtl\)/, (rule) => {
    const kept = rule.selectors.filter((selector) => !selector.includes(":dir(rtl)"));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
}

function separateFragile(root) {
  root.walkRules((rule) => {
    if (rule.selectors.length < 2 || rule.parent.name === "keyframes") return;
    const sound = rule.selectors.filter((selector) => !FRAGILE.test(selector));
    if (sound.length === rule.selectors.length) return;
    const groups = new Map();
    for (const selector of rule.selectors) {
      const key = (selector.match(new RegExp(FRAGILE, "g")) ?? []).sort().join();
      groups.set(key, [...(groups.get(key) ?? []), selector]);
    }
    if (groups.size < 2) return;
    for (const selectors of groups.values()) rule.before(rule.clone({ selectors }));
    rule.remove();
  });
}

/** Layers become plain rules in source order; `raised` adds one id of weight. */
export function flattenLayers(root, { raised }) {
  root.walkAtRules("layer", (layer) => {
    if (layer.nodes) layer.replaceWith(layer.nodes);
    else layer.remove();
  });
  if (!raised) return;
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name === "keyframes") return;
    rule.selectors = rule.selectors.map((selector) => raise(selector));
  });
}

function raise(selector) {
  return parseSelector((selectors) => {
    selectors.each((one) => {
      const place = one.nodes.findIndex((node) => node.type === "pseudo" && PSEUDO_ELEMENT.test(node.value));
      const weight = parseSelector.pseudo({ value: ":not(#\\#)" });
      if (place >= 0) one.insertBefore(one.at(place), weight);
      else one.append(weight);
    });
  }).processSync(selector);
}

export function lower(root) {
  dropRightToLeft(root);
  simplerSelectors(root);
  const expanded = postcss([isPseudo({ preserve: false })]).process(root, { from: undefined });
  for (const warning of expanded.warnings()) console.warn(`css: ${warning.text}`);
  physicalProperties(expanded.root);
  separateFragile(expanded.root);
  return expanded.root;
}

/** Fails when something that WebView 80 would drop slipped through (:has only decorates). */
export function mustBeOld(root) {
  const found = new Set();
  root.walkAtRules(/^(layer|container|scope)$/, (at) => found.add(`@${at.name}`));
  root.walkDecls(/^(inset|(margin|padding)-(inline|block))$/, (decl) => {
    if (!ONE_VARIABLE.test(decl.value)) found.add(decl.toString());
  });
  root.walkRules((rule) => {
    for (const selector of rule.selectors) {
      if (/:is\(|:where\(|&/.test(selector) && !selector.includes(":has(")) found.add(selector);
    }
  });
  if (found.size) throw new Error(`lantoa.css has what old phones cannot read: ${[...found].join(" · ")}`);
}
