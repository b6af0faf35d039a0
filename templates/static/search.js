// The search page: words to results, by Pagefind, which is fetched when the reader first turns to the field. Without this
// script, from files, or where the index can't be had, the page is an index by name.
const form = document.querySelector("form.search");
const field = form.querySelector("input");
const state = document.getElementById("search-state");
const results = document.getElementById("search-results");
const index = document.getElementById("search-index");
const kinds = JSON.parse(results.dataset.kinds);
const top_ = new URL(form.dataset.top, document.baseURI);
const STEP = 12;
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

function row(found) {
  const item = element("li");
  const kind = found.meta.kind;
  item.append(element("p", "search-kind", kinds[kind] ?? kind));
  const title = element("h2");
  const link = element("a", "", found.meta.title);
  link.href = new URL(found.raw_url.replace(/^\//, ""), top_).href;
  title.append(link);
  item.append(title);
  if (found.meta.line && found.meta.line !== found.meta.title) item.append(element("p", "search-line", found.meta.line));
  if (found.excerpt.includes("<mark>")) item.append(marked(found.excerpt));
  return item;
}

async function show(list, hits, from, number) {
  const data = await Promise.all(hits.slice(from, from + STEP).map((hit) => hit.data()));
  if (number !== asked) return;
  const rows = data.map(row);
  list.append(...rows);
  results.querySelector("button")?.remove();
  if (hits.length > from + STEP) {
    const more = element("button", "", form.dataset.more);
    more.type = "button";
    more.addEventListener("click", () => show(list, hits, from + STEP, number));
    results.append(more);
  }
  if (from) rows[0]?.querySelector("a").focus();
}

/* Apostrophes and hyphens as the index has them. */
const written = (words) => words.normalize("NFC").replace(/[‘’‛ʼʻ´`′]/g, "'").replace(/[‐‑‒–—―−]/g, "-");

async function search() {
  const words = field.value.trim();
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
  try {
    const pagefind = await load();
    const found = await pagefind.debouncedSearch(written(words), {}, 120);
    if (found === null || number !== asked) return;
    const list = element("ol");
    results.replaceChildren(list);
    const count = found.results.length;
    state.textContent = count ? `${form.dataset.found} ${count}` : form.dataset.none;
    index.hidden = count > 0;
    await show(list, found.results, 0, number);
  } catch (problem) {
    console.warn(problem);
    engine = null;
    state.textContent = form.dataset.failed;
  }
}

// Arrow keys walk from the field through the results and back.
form.parentElement.parentElement.parentElement.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [field, ...results.querySelectorAll("h2 a")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
});

if (location.protocol !== "file:") {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  field.addEventListener("input", search);
  field.addEventListener("focus", () => load().catch(() => {}), { once: true });
  const words = new URLSearchParams(location.search).get("q");
  if (words) {
    field.value = words;
    search();
  }
}
