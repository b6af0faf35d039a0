// The page of a source in the preview: words that are selected in its text show how to cite them, for a text and for a
// field. Below the text stand the sentences that nothing cites.
(() => {
  const slug = document.currentScript.dataset.source;
  const own = new URL("./", document.currentScript.src);
  const text = document.querySelector(".document");
  if (!text) return;
  let asked = 0;
  let timer = 0;
  let panel = null;

  const paragraphs = () => [...text.querySelectorAll('p[id^="par-"]')];

  /** How many characters (not UTF-16 units) stand between the beginning of a paragraph and a place in it. */
  function offset(paragraph, node, at) {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    range.setEnd(node, at);
    return [...range.toString()].length;
  }

  /** The ends of what is selected, as `paragraph:offset`; null if it is nothing of the text. */
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const touched = paragraphs().filter((part) => range.intersectsNode(part));
    if (!touched.length) return null;
    const [first, last] = [touched[0], touched.at(-1)];
    const number = (part) => part.id.slice("par-".length);
    const from = first.contains(range.startContainer) ? offset(first, range.startContainer, range.startOffset) : 0;
    const to = last.contains(range.endContainer)
      ? offset(last, range.endContainer, range.endOffset)
      : [...last.textContent].length;
    return { from: `${number(first)}:${from}`, to: `${number(last)}:${to}`, box: range.getBoundingClientRect() };
  }

  function close() {
    panel?.remove();
    panel = null;
  }

  function row(name, written) {
    const line = document.createElement("div");
    line.className = "sb-cite-row";
    const label = document.createElement("span");
    label.className = "sb-cite-name";
    label.textContent = name;
    const code = document.createElement("pre");
    code.textContent = written;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the citation for a ${name}`);
    button.addEventListener("click", async () => {
      await copy(written, code);
      button.textContent = "Copied";
    });
    line.append(label, code, button);
    return line;
  }

  /** The clipboard is there on this machine and over TLS only; elsewhere the words are selected and copied. */
  async function copy(written, code) {
    try {
      await navigator.clipboard.writeText(written);
    } catch {
      getSelection().selectAllChildren(code);
      document.execCommand("copy");
    }
  }

  function show(found, box) {
    close();
    panel = document.createElement("aside");
    panel.id = "site-builder-cite";
    panel.setAttribute("aria-label", "Cite these words");
    panel.setAttribute("role", "status");
    if (found.problem) {
      const note = document.createElement("p");
      note.textContent = found.problem;
      panel.append(note);
    } else panel.append(row("text", found.prose), row("field", found.yaml));
    // A press on the panel must not end the selection.
    panel.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault();
    });
    document.body.append(panel);
    const below = box.bottom + 8;
    const fits = below + panel.offsetHeight < innerHeight;
    const y = fits ? below : Math.max(8, box.top - panel.offsetHeight - 8);
    panel.style.top = `${y + scrollY}px`;
    panel.style.left = `${Math.max(8, Math.min(box.left, innerWidth - panel.offsetWidth - 8)) + scrollX}px`;
  }

  async function ask() {
    const number = ++asked;
    const ends = selected();
    if (!ends) {
      if (!panel?.contains(document.activeElement)) close();
      return;
    }
    const query = new URLSearchParams({ slug, from: ends.from, to: ends.to });
    let found = {};
    try {
      found = await (await fetch(new URL(`cite?${query}`, own))).json();
    } catch {
      return; // the preview has ended
    }
    if (number !== asked) return;
    if (found.prose || found.problem) show(found, ends.box);
    else close();
  }

  document.addEventListener("selectionchange", () => {
    if (panel?.contains(getSelection().anchorNode)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  fetch(new URL(`uncited?${new URLSearchParams({ slug })}`, own))
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((html) => {
      if (!html) return;
      const place = document.createElement("aside");
      place.id = "site-builder-uncited";
      place.setAttribute("aria-label", "Sentences that nothing cites");
      place.innerHTML = html;
      text.after(place);
    })
    .catch(() => {});
})();
