// What the pages gain where scripts run: cards, filters, and marks on what is new. All of it works on what is in the page;
// nothing is asked of any server, and without it every part is a plain link or list.

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
  const column = (link.closest(".part-body, .head-main, .indented") ?? document.body).getBoundingClientRect();
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

// --- places: an address in the matrix lights up its column, and leads narrow screens to the list they see instead ------

function showPlace() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  document.querySelectorAll(".in-column").forEach((cell) => cell.classList.remove("in-column"));
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (!target.getClientRects().length) document.querySelector(`[data-for="${CSS.escape(id)}"]`)?.scrollIntoView();
  if (target.matches(".matrix thead th")) {
    for (const row of target.closest("table").rows) row.cells[target.cellIndex].classList.add("in-column");
  }
}
addEventListener("hashchange", showPlace);
showPlace();

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
