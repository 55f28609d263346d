// A small editor over a textarea: what it makes goes into the textarea, the server cleans it again.
// Without script the textarea stands by itself and takes text or simple HTML.

const KEEP = new Set(["H2", "H3", "H4", "P", "BR", "HR", "STRONG", "B", "EM", "I", "U", "S", "SUB", "SUP", "UL", "OL", "LI", "BLOCKQUOTE", "A", "TABLE", "CAPTION", "THEAD", "TBODY", "TR", "TH", "TD"]);
const DROP = new Set(["SCRIPT", "STYLE", "TITLE", "META", "LINK", "IFRAME", "OBJECT", "SVG"]);
const RENAME = { H1: "H2", H5: "H4", H6: "H4", DIV: "P" };
const WAIT_MS = 1500;

// What Word or a page brought, down to what we keep. Order of text is never changed.
function cleaned(node, out) {
  for (const child of [...node.childNodes]) {
    if (child.nodeType === Node.TEXT_NODE) out.append(child.textContent.replace(/\s+/g, " "));
    if (child.nodeType !== Node.ELEMENT_NODE || DROP.has(child.tagName)) continue;
    const name = RENAME[child.tagName] || child.tagName;
    if (!KEEP.has(name) || (name === "P" && child.querySelector("p,ul,ol,table,h1,h2,h3"))) { cleaned(child, out); continue; }
    const kept = document.createElement(name);
    const href = name === "A" && child.getAttribute("href");
    if (href && /^(https?:|mailto:|tel:)/i.test(href)) kept.setAttribute("href", href);
    for (const span of ["colspan", "rowspan"]) if (/^T[DH]$/.test(name) && child.getAttribute(span)) kept.setAttribute(span, child.getAttribute(span));
    out.append(cleaned(child, kept));
  }
  return out;
}

function fragment(html) {
  const holder = document.createElement("div");
  return cleaned(new DOMParser().parseFromString(html, "text/html").body, holder);
}

function paragraphs(text) {
  if (/<[a-z/!][^<>]*>/i.test(text)) return text;
  return text.split(/\n\s*\n/).filter((part) => part.trim()).map((part) => {
    const p = document.createElement("p");
    part.trim().split("\n").forEach((line, n) => { if (n) p.append(document.createElement("br")); p.append(line); });
    return p.outerHTML;
  }).join("");
}

function words(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();
}

function enhance(textarea) {
  const frame = document.createElement("div");
  frame.className = "editor";
  const bar = document.getElementById("editor-toolbar").content.firstElementChild.cloneNode(true);
  const area = document.createElement("div");
  area.className = "editor-area lt-prose";
  area.contentEditable = "true";
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (label) { label.id = label.id || `${textarea.id}-label`; area.setAttribute("aria-labelledby", label.id); label.addEventListener("click", () => area.focus()); }
  for (const name of ["aria-describedby", "aria-invalid"]) if (textarea.hasAttribute(name)) area.setAttribute(name, textarea.getAttribute(name));
  area.append(...fragment(paragraphs(textarea.value)).childNodes);
  // What is typed first must stand in a paragraph like all that follows.
  if (!area.hasChildNodes()) area.append(document.createElement("p"));
  if (!area.textContent) area.firstChild.append(document.createElement("br"));
  textarea.replaceWith(frame);
  frame.append(bar, area, textarea);
  textarea.hidden = true;
  document.execCommand("styleWithCSS", false, "false");
  document.execCommand("defaultParagraphSeparator", false, "p");

  const write = () => { textarea.value = area.innerHTML; textarea.dispatchEvent(new Event("input", { bubbles: true })); };
  area.addEventListener("input", write);
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData && event.clipboardData.getData("text/html");
    if (!html) return;
    event.preventDefault();
    document.execCommand("insertHTML", false, fragment(html).innerHTML);
  });

  let range = null;
  const remember = () => { const now = getSelection(); if (now.rangeCount && area.contains(now.anchorNode)) range = now.getRangeAt(0).cloneRange(); };
  const recall = () => { area.focus(); if (range) { const now = getSelection(); now.removeAllRanges(); now.addRange(range); } };
  const link = bar.querySelector(".editor-link");
  const linkButton = bar.querySelector("[data-link]");
  function showLink(open) { link.hidden = !open; linkButton.setAttribute("aria-expanded", String(open)); if (open) link.querySelector("input").focus(); }
  function setLink() {
    const address = link.querySelector("input").value.trim();
    showLink(false); recall();
    if (!/^(https?:|mailto:|tel:)/i.test(address)) document.execCommand("unlink");
    else if (getSelection().isCollapsed) { const a = document.createElement("a"); a.href = address; a.textContent = address; document.execCommand("insertHTML", false, a.outerHTML); }
    else document.execCommand("createLink", false, address);
    write();
  }
  const TABLE = "<table><thead><tr><th>&nbsp;</th><th>&nbsp;</th></tr></thead><tbody><tr><td>&nbsp;</td><td>&nbsp;</td></tr><tr><td>&nbsp;</td><td>&nbsp;</td></tr></tbody></table><p><br></p>";
  bar.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { command, block } = button.dataset;
    if (command) { area.focus(); document.execCommand(command); }
    else if (block) { area.focus(); document.execCommand("formatBlock", false, `<${block}>`); }
    else if ("table" in button.dataset) { area.focus(); document.execCommand("insertHTML", false, TABLE); }
    else if ("link" in button.dataset) { remember(); return showLink(link.hidden); }
    else if ("linkSet" in button.dataset) return setLink();
    else if ("source" in button.dataset) return toggleSource(button);
    write(); reflect();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); setLink(); }
    if (event.key === "Escape") { showLink(false); recall(); }
  });
  function toggleSource(button) {
    const source = textarea.hidden;
    button.setAttribute("aria-pressed", String(source));
    if (!source) area.replaceChildren(...fragment(paragraphs(textarea.value)).childNodes);
    textarea.hidden = !source; area.hidden = source;
    (source ? textarea : area).focus();
  }
  function reflect() {
    for (const button of bar.querySelectorAll("[data-command]")) {
      let on = false;
      try { on = document.queryCommandState(button.dataset.command); } catch { on = false; }
      button.setAttribute("aria-pressed", String(on));
    }
  }
  document.addEventListener("selectionchange", () => { if (area.contains(document.activeElement) || area === document.activeElement) reflect(); });
  keepDraft(textarea, frame, (html) => { textarea.value = html; area.replaceChildren(...fragment(html).childNodes); write(); });
}

// What is typed survives a closed tab, a dead phone, a session that ended: kept on this device until
// the server has it.
function keepDraft(textarea, frame, restore) {
  const key = `draft:${location.pathname}${location.search}:${textarea.name}`;
  const store = (value) => { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* private mode */ } };
  let known = null;
  try { known = localStorage.getItem(key); } catch { known = null; }
  if (known !== null && words(known) === words(textarea.value)) { store(null); known = null; }
  if (known !== null && words(known)) {
    const offer = document.getElementById("editor-draft").content.firstElementChild.cloneNode(true);
    frame.before(offer);
    offer.querySelector("[data-restore]").addEventListener("click", () => { restore(known); offer.remove(); });
    offer.querySelector("[data-forget]").addEventListener("click", () => { store(null); offer.remove(); });
  }
  let timer = 0;
  textarea.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => store(textarea.value), WAIT_MS); });
  // Saved by the server: the next page of this address shows it, and the copy is dropped there. A new
  // piece has no next page of its own, so its copy goes with the form.
  if (textarea.form) textarea.form.addEventListener("submit", () => { clearTimeout(timer); sessionStorage.setItem("sent", key); store(textarea.value); });
}

const sent = sessionStorage.getItem("sent");
if (sent && !document.querySelector("[data-focus]") && !sent.startsWith(`draft:${location.pathname}${location.search}:`)) {
  try { localStorage.removeItem(sent); } catch { /* private mode */ }
  sessionStorage.removeItem("sent");
}
for (const textarea of document.querySelectorAll("textarea[data-editor]")) enhance(textarea);
