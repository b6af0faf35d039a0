// Short cards for names, and passages for citations, on hover, focus and tap. Without this script every one of them is
// a plain link. Escape, a click elsewhere or moving on closes the card; it stays while the pointer is on it.
const WIDE = matchMedia("(min-width: 75rem)");
const NARROW = matchMedia("(max-width: 40rem)");
const card = document.createElement("aside");
let owner = null;
let timer = 0;

card.className = "card";
card.id = "card";
card.hidden = true;
document.body.append(card);

/** The content of the card a link has, or null. */
function contentOf(link) {
  const id = link.dataset.card || link.dataset.note;
  const found = id && document.getElementById(id);
  if (!found) return null;
  const copy = found.cloneNode(true);
  copy.querySelectorAll(".note-back").forEach((part) => part.remove());
  if (link.dataset.note) {
    const source = found.closest(".note-group")?.querySelector(".note-source");
    if (source) copy.append(source.cloneNode(true));
  }
  copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  return copy.childNodes;
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
  card.replaceChildren(...content);
  card.hidden = false;
  link.setAttribute("aria-describedby", "card");
  place(link);
}

function close() {
  clearTimeout(timer);
  owner?.removeAttribute("aria-describedby");
  owner = null;
  card.hidden = true;
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
});
document.addEventListener("focusin", (event) => {
  const link = linkOf(event);
  if (link && link.matches(":focus-visible")) open(link);
  else if (owner && !card.contains(event.target)) close();
});
document.addEventListener("click", (event) => {
  const link = linkOf(event);
  if (link && event.pointerType === "touch" && link !== owner && contentOf(link)) {
    event.preventDefault();
    open(link);
  } else if (owner && !card.contains(event.target)) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
addEventListener("resize", close);
