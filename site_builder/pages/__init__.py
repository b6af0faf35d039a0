"""What templates get: one class a kind of page, and the parts they share.

Every page template is rendered with these names:

- `site` (`SiteView`): what holds for the whole site;
- `page` (`PageView`): this page: its address, title and place;
- `content`: the page's own context, one of the `…Context` classes below;
- `notes` (of `NoteView`): the page's numbered source notes, in the order of their numbers;
- `cards` (of `Card`): the entities that links on the page lead to, each once, for hover cards;
- the functions and filters of `site_builder.rendering.vocabulary` (`url`, `asset`, `_`, …).

All values are immutable. Texts of type `Text` or `Markup` are finished HTML; all others are escaped by Jinja
when they are shown. A *path* is the address of a page within the site, without a leading slash, with
a trailing one, perhaps with an anchor: `issues/territory/#position-russia`; the filter `url` turns it
into a link relative to the page that shows it, so a site works under any sub-path and from files.
"""
