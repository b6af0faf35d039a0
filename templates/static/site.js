// What the pages gain where scripts run: cards, filters, marks on what is new, links to copy, names while they are typed.
// Nothing is asked of any server but the list of names, and without it every part is a plain link, list or form.

// --- cards: names and citations in short, on hover, focus and tap ---------------------------------------------------
// Escape, a click elsewhere or moving on closes the card; it stays while the pointer is on it. On narrow screens it is a
// sheet at the bottom, which a tap opens as a dialog: it has a button to close it, takes the focus and gives it back.

const WIDE = matchMedia("(min-width: 75rem)");
const NARROW = matchMedia("(max-width: 40rem)");
const BESIDE = matchMedia("(min-width: 64rem)");
const card = document.createElement("aside");
const closing = document.createElement("button");
let owner = null;
let timer = 0;
let returning = false;

card.className = "card";
card.id = "card";
card.hidden = true;
card.tabIndex = -1;
document.body.append(card);
closing.type = "button";
closing.className = "card-close";
closing.ariaLabel = document.currentScript.dataset.close;
closing.textContent = "×";
closing.addEventListener("click", () => dismiss());

/** The content of the card a link has, or null. A mark may have several notes; their source is named once. */
function contentOf(link) {
  if (link.dataset.used && BESIDE.matches) return null;
  const { card: named, note = "" } = link.dataset;
  if (named) return copied(document.getElementById(named));
  const parts = [];
  let source = null;
  for (const id of note.split(" ").filter(Boolean)) {
    const found = document.getElementById(id) ?? document.querySelector(`[data-passage="${CSS.escape(id)}"]`);
    if (!found) continue;
    const group = found.closest(".note-group");
    if (source && group !== source) parts.push(...sourceOf(source));
    source = group;
    const row = document.createElement("div");
    row.append(...copied(found));
    parts.push(row);
  }
  if (source) parts.push(...sourceOf(source));
  return parts.length ? parts : null;
}

const sourceOf = (group) => [...group.querySelectorAll(".note-source")].map((line) => line.cloneNode(true));

/** What is in a part of the page, to show it once more: without ways back and without ids. */
function copied(found) {
  if (!found) return null;
  const copy = found.cloneNode(true);
  copy.querySelectorAll(".note-back").forEach((part) => part.remove());
  copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  for (const heading of copy.querySelectorAll("h2, h3, h4")) {
    const line = document.createElement("p");
    line.className = heading.className;
    line.append(...heading.childNodes);
    heading.replaceWith(line);
  }
  return [...copy.childNodes];
}

function place(link) {
  card.classList.toggle("card-sheet", NARROW.matches);
  card.style.inset = "";
  if (NARROW.matches) {
    const hidden = link.getBoundingClientRect().bottom + 16 - (innerHeight - card.offsetHeight);
    if (hidden > 0) scrollBy(0, hidden);
    return;
  }
  const line = link.getClientRects()[0];
  const column = (link.closest(".part-body, .head-main, .indented, .picture-frame") ?? document.body).getBoundingClientRect();
  const beside = column.right + 32;
  if (WIDE.matches && beside + card.offsetWidth <= innerWidth - 16) {
    card.style.left = `${beside + scrollX}px`;
    card.style.top = `${Math.max(8, Math.min(line.top, innerHeight - card.offsetHeight - 16)) + scrollY}px`;
    return;
  }
  // Above the line: what stands there has been read.
  const above = line.top - card.offsetHeight - 8;
  card.style.left = `${Math.max(16, Math.min(line.left, innerWidth - card.offsetWidth - 16)) + scrollX}px`;
  card.style.top = `${(above > 8 ? above : line.bottom + 8) + scrollY}px`;
}

function open(link) {
  clearTimeout(timer);
  if (link === owner) return;
  const content = contentOf(link);
  if (!content) return;
  close();
  owner = link;
  card.replaceChildren(...(NARROW.matches ? [closing] : []), ...content);
  card.hidden = false;
  link.setAttribute("aria-describedby", "card");
  place(link);
}

/** Opens a sheet as a dialog that has the focus. */
function openDialog(link) {
  open(link);
  if (!NARROW.matches || owner !== link) return;
  card.role = "dialog";
  card.ariaLabel = link.ariaLabel ?? link.textContent;
  card.focus({ preventScroll: true });
}

function close() {
  clearTimeout(timer);
  owner?.removeAttribute("aria-describedby");
  owner = null;
  card.hidden = true;
  card.role = card.ariaLabel = null;
}

/** Closes the card, and gives the focus back if it had it. */
function dismiss() {
  const link = owner;
  const focused = card.contains(document.activeElement);
  close();
  returning = true;
  if (focused) link?.focus({ preventScroll: true });
  returning = false;
}

function later(action, delay) {
  clearTimeout(timer);
  timer = setTimeout(action, delay);
}

const linkOf = (event) => event.target.closest?.("a[data-card], a[data-note]");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = linkOf(event);
  if (link) later(() => open(link), 150);
  else if (card.contains(event.target)) clearTimeout(timer);
  else if (owner) later(close, 250);
  else clearTimeout(timer);
});
document.addEventListener("focusin", (event) => {
  const link = linkOf(event);
  if (returning || (link && link === owner)) return;
  if (link && link.matches(":focus-visible")) open(link);
  else if (owner && !card.contains(event.target)) close();
});
document.addEventListener("click", (event) => {
  const link = linkOf(event);
  if (link && event.pointerType === "touch" && link !== owner && contentOf(link)) {
    event.preventDefault();
    openDialog(link);
  } else if (owner && !card.contains(event.target)) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") dismiss();
});
addEventListener("resize", close);

// --- filters: the list and the drawing show only what has to do with the chosen actors and issues -------------------

for (const filter of document.querySelectorAll("[data-filter]")) {
  const items = [...document.querySelectorAll(filter.dataset.filter)];
  const holders = [...document.querySelectorAll(".period, .in-month, .fold")];
  const blocks = [...document.querySelectorAll(".line [data-n]")];
  const chips = filter.querySelector(".chips");
  const state = filter.querySelector("[role=status]");
  const wanted = new Map();
  const opened = new Set();

  const show = () => {
    const groups = Object.values(Object.groupBy([...wanted.keys()], (name) => wanted.get(name)));
    const off = new Set();
    for (const item of items) {
      const has = item.dataset.with.split(" ");
      item.hidden = !groups.every((names) => names.some((name) => has.includes(name)));
      if (item.hidden) off.add(item.dataset.n);
    }
    for (const block of blocks) block.classList.toggle("off", off.has(block.dataset.n));
    for (const holder of holders) {
      holder.hidden = !holder.querySelector(".event:not([hidden])");
      if (wanted.size && holder.matches("details:not([open])")) opened.add(holder).forEach((fold) => (fold.open = true));
    }
    if (!wanted.size) {
      opened.forEach((fold) => (fold.open = false));
      opened.clear();
    }
    state.textContent = wanted.size
      ? state.dataset.text.replace("{shown}", items.length - off.size).replace("{all}", items.length)
      : "";
  };
  // Keys would choose each option that they pass.
  filter.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!/^(Arrow.*|.)$/.test(key) || event.altKey || event.ctrlKey || event.metaKey || !target.showPicker) return;
    event.preventDefault();
    target.showPicker();
  });
  filter.addEventListener("change", ({ target }) => {
    const option = target.selectedOptions[0];
    target.value = "";
    if (!option?.value || wanted.has(option.value)) return;
    wanted.set(option.value, target.dataset.kind);
    const chip = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${option.textContent} ×`;
    button.ariaLabel = filter.dataset.remove.replace("{name}", option.textContent);
    button.addEventListener("click", () => {
      wanted.delete(option.value);
      chip.remove();
      show();
      target.focus();
    });
    chip.append(button);
    chips.append(chip);
    show();
  });
}

// --- the picture: arrow keys go from square to square, and an address in a fold opens it -----------------------------

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.(".picture td");
  let [down, right] = (cell && !event.altKey && !event.ctrlKey && !event.metaKey && STEPS[event.key]) || [0, 0];
  if (document.dir === "rtl") right = -right;
  const { rows } = cell?.closest("table") ?? {};
  let row = cell?.parentElement.rowIndex;
  let column = cell?.cellIndex;
  while (down || right) {
    row += down;
    column += right;
    if (!rows[row] || column < 1 || (right && column >= rows[row].cells.length)) return;
    const link = rows[row].cells[column]?.querySelector("a");
    if (!link) continue;
    event.preventDefault();
    link.focus();
    return;
  }
});

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();

// --- sources: what rests on the chosen passage stands beside the text; on narrow screens its number opens a card ------

const resting = document.querySelector(".resting");
if (resting) {
  const passages = [...document.querySelectorAll(".document [data-used]")];
  const choose = (number) => {
    for (const part of passages) part.classList.toggle("chosen", part.dataset.used === number);
    const found = document.querySelector(`.rests-list > [value="${number}"]`).cloneNode(true);
    resting.replaceChildren(...found.childNodes);
    resting.hidden = false;
  };
  const arrive = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id)?.closest("[data-used], .rests-list > li");
    if (target) choose(target.dataset.used ?? target.getAttribute("value"));
    return target;
  };
  for (const part of passages) {
    part.addEventListener("click", (event) => {
      if (!getSelection().isCollapsed || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (BESIDE.matches) event.preventDefault();
      choose(part.dataset.used);
    });
  }
  addEventListener("hashchange", arrive);
  if (!arrive()) choose(resting.dataset.used);
}

// --- news: what changed since this reader's last visit ----------------------------------------------------------------
// Kept in this browser and nowhere else: when the visit before this one was, and which notes of change it showed. A visit
// ends when no page was opened for six hours.

const VISIT = 6 * 60 * 60 * 1000;
const notes = [...document.querySelectorAll("[data-update]")];

function remembered() {
  try {
    return JSON.parse(localStorage.getItem("last-visit")) ?? {};
  } catch {
    return {};
  }
}

function remember(visit) {
  try {
    localStorage.setItem("last-visit", JSON.stringify(visit));
  } catch {
    // Storage may be off; then nothing is marked.
  }
}

function day(time) {
  const date = new Date(time);
  return new Date(time - date.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

const visit = remembered();
const now = Date.now();
if (visit.at && now - visit.at > VISIT) Object.assign(visit, { before: day(visit.at), known: visit.seen, seen: [] });
visit.at = now;
visit.seen = [...new Set([...(visit.seen ?? []), ...notes.map((note) => note.dataset.update)])];
remember(visit);

const fresh = notes.filter(
  ({ dataset }) => visit.before && dataset.date >= visit.before && !visit.known?.includes(dataset.update),
);
const template = document.querySelector("template.news");
if (fresh.length && template) {
  const news = template.content.cloneNode(true).firstElementChild;
  const mark = news.querySelector(".new");
  mark.remove();
  const touched = fresh.flatMap((note) => note.dataset.touches.split(" ").filter(Boolean));
  const things = touched.flatMap((name) => [...document.querySelectorAll(`[data-entity="${CSS.escape(name)}"]`)]);
  for (const place of new Set([...fresh, ...things])) place.prepend(mark.cloneNode(true));
  news.querySelector("a").prepend(`${fresh.length} `);
  news.querySelector("button").addEventListener("click", () => {
    remember({ ...visit, before: day(now), known: visit.seen });
    document.querySelectorAll(".new").forEach((part) => part.remove());
    news.remove();
    document.getElementById("main").focus();
  });
  document.getElementById("main").prepend(news);
}

// --- links to copy: a button beside each position, claim, event and key point copies its permanent address ------------
// Without this script the addresses are there all the same; where the clipboard is out of reach, the button goes there.

const { copy: COPY, copied: COPIED } = document.currentScript.dataset;
const CHAIN = "M6.5 9.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M9.5 6.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1";
const TICK = "M2 8.5l4 4 8-9";

function drawing(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(svg.namespaceURI, "path"));
  svg.firstChild.setAttribute("d", path);
  return svg;
}

/** What a part says of itself: its speaker, its heading, or how it begins. */
function whatOf(part) {
  const words = (part.querySelector(".answer-who a, h2, h3, h4") ?? part.parentElement.querySelector("h3") ?? part).textContent.trim().replace(/\s+/g, " ");
  return words.length > 60 ? words.slice(0, 60).replace(/\s+\S*$/, "…") : words;
}

function copyButton(id, what) {
  const button = document.createElement("button");
  const copy = COPY.replace("{what}", what);
  const show = (words, path) => {
    button.title = words;
    button.setAttribute("aria-label", words);
    button.replaceChildren(drawing(path));
  };
  button.type = "button";
  button.className = "copy-link";
  show(copy, CHAIN);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(new URL(`#${id}`, location.href).href);
      show(COPIED, TICK);
    } catch {
      location.hash = id;
    }
  });
  button.addEventListener("blur", () => show(copy, CHAIN));
  return button;
}

for (const part of document.querySelectorAll(".position, .claim[id], .event[id] > .event-body, .points > li")) {
  const below = [...part.children].find((child) => child.matches(".passages"));
  part.insertBefore(copyButton(part.id || part.parentElement.id, whatOf(part)), below ?? null);
}

// --- the search field: what has that name, however it is typed, before Enter looks into all texts ---------------------
// The names are in a script of their own, loaded when a reader turns to the field; pages opened from files may load it, too.

const OTHER_LETTERS = { ß: "ss", ł: "l", ø: "o", đ: "d", ð: "d", æ: "ae", œ: "oe", ı: "i" };

/** The words of a text without accents and case; an apostrophe of any kind separates two. */
const folded = (text) =>
  text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/[ßłøđðæœı]/g, (letter) => OTHER_LETTERS[letter])
    .split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);

/** How many letters are wrong, missing, too many or swapped between what was typed and the beginning of a word. */
function mistakes(typed, word) {
  let before = [];
  let last = [...Array(word.length + 1).keys()];
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    for (let j = 1; j <= word.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (typed[i - 1] !== word[j - 1]));
      if (j > 1 && i > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return Math.min(...last.slice(1));
}

/** How far a typed word is from a word of a name: 0 if they are the same, Infinity if they have nothing to do with each other. */
function distance(typed, word) {
  if (word === typed) return 0;
  if (word.startsWith(typed)) return 1;
  if (typed.length > 1 && word.includes(typed)) return 2;
  if (typed.length < 4) return Infinity;
  const wrong = mistakes(typed, word.slice(0, typed.length + 2));
  return wrong <= (typed.length < 7 ? 1 : 2) ? 2 + wrong : Infinity;
}

/** The rows of names that have all typed words, the best first; those with a mistake only if no other has them. */
function named(typed, rows) {
  const wanted = folded(typed);
  if (!wanted.length) return [];
  const whole = wanted.join(" ");
  const found = [];
  for (const row of rows) {
    row.words ??= [row[1], ...(row[4] ?? [])].map(folded);
    const score = Math.min(
      ...row.words.map((words, n) => {
        const far = wanted.map((one) => Math.min(Infinity, ...words.map((word) => distance(one, word))));
        const begins = words.join(" ").startsWith(whole) ? 0.5 : 0;
        return Math.max(...far) * 100 + far.reduce((sum, one) => sum + one) - begins + (n ? 0.25 : 0) + words.length / 40;
      }),
    );
    if (score < Infinity) found.push([score, row]);
  }
  found.sort((one, other) => one[0] - other[0]);
  const exact = found.filter(([score]) => score < 300);
  return (exact.length ? exact : found).map(([, row]) => row);
}

let loading = null;

/** Everything by name: `{kinds, rows}`; nothing where it can't be loaded. */
function loadNames(url) {
  loading ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => done(siteNames);
    script.onerror = () => done({ kinds: {}, rows: [] });
    document.head.append(script);
  });
  return loading;
}

const find = document.querySelector("form.find");
if (find) {
  const field = find.querySelector("input");
  const list = document.createElement("ul");
  const MOST = 7;
  let chosen = -1;

  list.id = "site-search-list";
  list.role = "listbox";
  list.ariaLabel = field.placeholder;
  list.hidden = true;
  find.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" }))
    field.setAttribute(name, value);

  const option = (href, name, line) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    item.role = "option";
    item.id = `site-search-${list.children.length}`;
    link.tabIndex = -1;
    link.href = href;
    link.append(name);
    if (line) {
      const small = document.createElement("small");
      small.textContent = line;
      link.append(" ", small);
    }
    item.append(link);
    list.append(item);
  };
  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    choose(-1);
  };
  const choose = (number) => {
    chosen = number;
    [...list.children].forEach((item, n) => (item.ariaSelected = String(n === number)));
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[number].id);
    list.children[number]?.scrollIntoView({ block: "nearest" });
  };
  const update = async () => {
    const typed = field.value.trim();
    const { kinds, rows } = await loadNames(find.dataset.names);
    if (typed !== field.value.trim()) return;
    list.replaceChildren();
    if (typed) {
      const top = new URL(find.dataset.top, document.baseURI);
      for (const [kind, name, line, path] of named(typed, rows).slice(0, MOST))
        option(new URL(path, top).href, name, line && line !== name ? line : kinds[kind]);
      const all = new URL(find.action);
      all.searchParams.set("q", typed);
      option(all.href, find.dataset.texts.replace("{words}", typed));
    }
    show(Boolean(typed) && document.activeElement === field);
  };

  field.addEventListener("focus", update);
  field.addEventListener("input", update);
  field.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      const next = chosen + (event.key === "ArrowDown" ? 1 : -1);
      show(true);
      choose(next >= count ? -1 : next < -1 ? count - 1 : next);
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      list.children[chosen].firstChild.click();
    }
  });
  find.addEventListener("focusout", (event) => {
    if (!find.contains(event.relatedTarget)) show(false);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
}
