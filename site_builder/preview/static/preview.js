// The page's side of the preview: it loads the page again when that has changed, swaps style sheets when only they
// have, shows what is wrong while the site is broken, and shows the editor's margin. livereload.js, which runs after
// this, keeps the connection and calls `reload` below for each message.
(() => {
  const own = document.currentScript.dataset;
  // The top of the preview, which a proxy may show below a path, and where the site stands.
  const top = new URL("../", document.currentScript.src).pathname;
  const base = top + own.base.slice(1);
  const OPEN = "site-builder-margin-open";
  let asked = 0;

  /** An element of the preview's own in the page, made when first needed. */
  function place(id) {
    let found = document.getElementById(id);
    if (!found) {
      found = document.createElement("aside");
      found.id = id;
      document.body.append(found);
    }
    return found;
  }

  function showMargin(html) {
    if (!html || document.body.classList.contains("sb-page")) return;
    const margin = place("site-builder-margin");
    margin.setAttribute("aria-label", "Editor’s margin");
    if (margin.dataset.shown === html) return;
    margin.dataset.shown = html;
    margin.innerHTML = html;
    const details = margin.querySelector("details");
    details.open = sessionStorage.getItem(OPEN) === "yes";
    details.addEventListener("toggle", () => sessionStorage.setItem(OPEN, details.open ? "yes" : "no"));
  }

  function showProblems(html) {
    const panel = place("site-builder-problems");
    if (panel.dataset.shown === html) return;
    panel.dataset.shown = html;
    panel.innerHTML = html;
    panel.setAttribute("role", "alert");
    panel.setAttribute("aria-label", "Problems");
    if (panel.classList.contains("sb-whole")) return;
    const hide = document.createElement("button");
    hide.type = "button";
    hide.className = "sb-hide";
    hide.textContent = "Show the last good page";
    hide.addEventListener("click", () => panel.remove());
    panel.prepend(hide);
  }

  /** Puts the sheets of now in the place of those that have changed; each old one goes when the new one is there. */
  function swapStyles(styles) {
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const url = new URL(link.href, location.href);
      if (url.origin !== location.origin || !url.pathname.startsWith(base)) continue;
      const name = url.pathname.slice(base.length).replace(/^(assets\/.*)\.[0-9a-f]{8}(\.css)$/, "$1$2");
      const now = styles[name] && new URL(base + styles[name], location.href).href;
      if (!now || now === link.href || link.dataset.going) continue;
      const next = link.cloneNode();
      link.dataset.going = "yes";
      next.href = now;
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => link.remove());
      link.after(next);
    }
  }

  async function update({ styles }) {
    const number = ++asked;
    const page = encodeURIComponent("/" + location.pathname.slice(top.length));
    let now;
    try {
      now = await (await fetch(`${top}.preview/state?page=${page}`)).json();
    } catch {
      return; // the server has ended, or will be asked again when it is back
    }
    if (number !== asked) return;
    if (now.problems) {
      showProblems(now.problems);
      showMargin(now.margin);
    } else if (now.digest !== own.digest || now.version !== own.version) {
      location.reload();
    } else {
      document.getElementById("site-builder-problems")?.remove();
      if (styles) swapStyles(now.styles);
      showMargin(now.margin);
    }
  }

  // livereload.js takes host and port from its own address, and asks for `host:port/livereload`. They are those of
  // this page, whatever a proxy has made of them; below a path, what follows the host is made a query.
  const script = document.querySelector('script[src*="livereload.js?"]');
  const port = location.port || (location.protocol === "https:" ? "443" : "80");
  const host = top === "/" ? location.hostname : `${location.hostname}:${port}${top}livereload?`;
  if (script) script.src = script.src.replace(/host=[^&]*&port=[^&]*/, () => `host=${host}&port=${port}`);

  window.LiveReloadPluginSiteBuilder = class {
    static identifier = "site-builder";
    static version = "1.0";

    reload() {
      update({ styles: true });
      return true;
    }
  };

  // The page may have changed between its loading and the connection, or while the server was away.
  let connections = 0;
  document.addEventListener("LiveReloadConnect", () => {
    document.documentElement.classList.remove("sb-disconnected");
    update({ styles: ++connections > 1 });
  });
  document.addEventListener("LiveReloadDisconnect", () => document.documentElement.classList.add("sb-disconnected"));

  // The page of a source has more: see selecting.js.
  const source = /^sources\/([^/]+)\/(index\.html)?$/.exec(location.pathname.slice(base.length));
  if (source && location.pathname.startsWith(base)) {
    const more = document.createElement("script");
    more.src = `${top}.preview/selecting.js`;
    more.dataset.source = decodeURIComponent(source[1]);
    document.head.append(more);
  }

  showMargin(document.getElementById("site-builder-margin-content")?.innerHTML.trim());
})();
