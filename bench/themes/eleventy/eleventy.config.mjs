// Names and positions by slug are gathered once, as the other generators do.
export default function (config) {
  config.addCollection("actorNames", (pages) => {
    const names = {};
    for (const page of pages.getFilteredByTag("actors")) names[page.fileSlug] = page.data.title;
    return names;
  });
  config.addCollection("positionsOf", (pages) => {
    const positions = {};
    for (const page of pages.getFilteredByTag("issues")) {
      for (const position of page.data.positions) {
        (positions[position.actor] ??= []).push({ ...position, title: page.data.title, url: page.url });
      }
    }
    return positions;
  });
  return {
    dir: { input: "content", includes: "../layouts", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
