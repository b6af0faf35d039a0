// The search page: names first, found as in the search field (site.js), then words of texts, by Pagefind, which is fetched
// when the reader turns to the field. From files, or where its index can't be had, names alone are found; without a script,
// the page is an index by name.
const form = document.querySelector("form.search");
const box = form.querySelector("input");
const state = document.getElementById("search-state");
const results = document.getElementById("search-results");
const index = document.getElementById("search-index");
const kinds = JSON.parse(results.dataset.kinds);
const top_ = new URL(form.dataset.top, document.baseURI);
const STEP = 12;
const FROM_FILES = location.protocol === "file:";
let engine = null;
let asked = 0;

/** Pagefind with all parts of the index, loaded once. */
function load() {
  engine ??= (async () => {
    const base = new URL(form.dataset.index, document.baseURI);
    const pagefind = await import(new URL("pagefind.js", base).href);
    await pagefind.options({ excerptLength: 24, baseUrl: "/", ranking: { metaWeights: { title: 8, sought: 8, names: 6, line: 3, kind: 0 } } });
    await pagefind.init();
    const { shards } = await (await fetch(new URL("shards.json", base))).json();
    await Promise.all(shards.map((shard) => pagefind.mergeIndex(new URL(shard, base).href)));
    return pagefind;
  })();
  return engine;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** An excerpt with the words found in it marked: Pagefind's markup read, never taken for HTML. */
function marked(excerpt) {
  const line = element("p", "search-text");
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  excerpt.split(/<mark>(.*?)<\/mark>/s).forEach((part, n) => {
    line.append(n % 2 ? element("mark", "", plain(part)) : plain(part));
  });
  return line;
}

/** A result: what it is, its name, where it stands, and what else there is to say. */
function row(kind, name, path, line, excerpt = "") {
  const item = element("li");
  item.append(element("p", "search-kind", kinds[kind] ?? kind));
  const title = element("h2");
  const link = element("a", "", name);
  link.href = new URL(path, top_).href;
  title.append(link);
  item.append(title);
  if (line && line !== name) item.append(element("p", "search-line", line));
  if (excerpt.includes("<mark>")) item.append(marked(excerpt));
  return item;
}

/** Hands out results in portions: those found by name, then those in whose texts the words are; each place once. */
function portions(rows, hits) {
  const known = new Set(rows.map(([, , , path]) => path.replace("index.html", "")));
  const waiting = rows.map(([kind, name, line, path]) => row(kind, name, path, line));
  let at = 0;
  return async () => {
    while (waiting.length <= STEP && at < hits.length) {
      const data = await Promise.all(hits.slice(at, (at += STEP)).map((hit) => hit.data()));
      for (const { raw_url: url, meta, excerpt } of data) {
        const path = url.replace(/^\//, "");
        if (!known.has(path)) waiting.push(row(meta.kind, meta.title, path, meta.line, excerpt));
      }
    }
    return { rows: waiting.splice(0, STEP), left: waiting.length };
  };
}

async function show(list, next, number, focus) {
  const { rows, left } = await next();
  if (number !== asked) return 0;
  list.append(...rows);
  results.querySelector("button")?.remove();
  if (left) {
    const more = element("button", "", form.dataset.more);
    more.type = "button";
    more.addEventListener("click", () => show(list, next, number, true));
    results.append(more);
  }
  if (focus) rows[0]?.querySelector("a").focus();
  return `${rows.length}${left ? "+" : ""}`;
}

/* Apostrophes and hyphens as the index has them. */
const written = (words) => words.normalize("NFC").replace(/[‘’‛ʼʻ´\x60′]/g, "'").replace(/[‐‑‒–—―−]/g, "-");

async function search() {
  const words = box.value.trim();
  const number = ++asked;
  const address = new URL(location.href);
  if (words) address.searchParams.set("q", words);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
  index.hidden = false;
  if (!words) {
    results.replaceChildren();
    state.textContent = "";
    return;
  }
  const rows = named(words, (await loadNames(form.dataset.names)).rows);
  let hits = [];
  let trouble = FROM_FILES ? form.dataset.files : "";
  try {
    const found = FROM_FILES ? { results: [] } : await (await load()).debouncedSearch(written(words), {}, 120);
    if (found === null) return;
    hits = found.results;
  } catch (problem) {
    console.warn(problem);
    engine = null;
    trouble = form.dataset.failed;
  }
  if (number !== asked) return;
  const list = element("ol");
  results.replaceChildren(list);
  index.hidden = rows.length + hits.length > 0;
  const count = await show(list, portions(rows, hits), number, false);
  if (number !== asked) return;
  const said = index.hidden ? `${form.dataset.found} ${count}` : form.dataset.none;
  state.textContent = trouble ? `${said} · ${trouble}` : said;
}

// Arrow keys walk from the field through the results and back.
addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [box, ...results.querySelectorAll("h2 a")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
});

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
box.addEventListener("input", search);
if (!FROM_FILES) box.addEventListener("focus", () => load().catch(() => {}), { once: true });
const query = new URLSearchParams(location.search).get("q");
if (query) {
  box.value = query;
  search();
}
