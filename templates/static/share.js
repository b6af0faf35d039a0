// A button beside each position, claim, event and key point that copies its permanent address. Without this script the
// addresses are there all the same; where the clipboard is out of reach, the button goes to the address instead.
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

function copyButton(id) {
  const button = document.createElement("button");
  const show = (words, path) => {
    button.title = words;
    button.setAttribute("aria-label", words);
    button.replaceChildren(drawing(path));
  };
  button.type = "button";
  button.className = "copy-link";
  show(COPY, CHAIN);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(new URL(`#${id}`, location.href).href);
      show(COPIED, TICK);
    } catch {
      location.hash = id;
    }
  });
  button.addEventListener("blur", () => show(COPY, CHAIN));
  return button;
}

const parts = ".position[id], .claim[id], .event[id] > .event-body, .points > li[id]";
for (const part of document.querySelectorAll(parts)) {
  const below = [...part.children].find((child) => child.matches(".passages"));
  part.insertBefore(copyButton(part.id || part.parentElement.id), below ?? null);
}
