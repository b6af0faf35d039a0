"""Functions and filters for templates besides Jinja's own; `docs/theming.md` lists them.

They depend on the current page, which is stored here and not looked up in a template's context. So macros can be
imported without the caller's context, and Jinja makes their module once instead of for every page. Filters take a
context argument so that Jinja does not evaluate them when it compiles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context
from markupsafe import Markup, escape

from site_builder.pages.frame import PageView
from site_builder.pages.inline import (
    CiteView,
    Passage,
    Text,
    cited_html,
    marks_html,
    passages_html,
)
from site_builder.pages.locale import Locale
from site_builder.pages.making import NoteView
from site_builder.pages.page import Page
from site_builder.pages.paths import relative_url
from site_builder.pages.site import SiteView
from site_builder.rendering.bounds import limit_filters, limited_range
from site_builder.text import lazily
from site_builder.text.bounds import UNSPACED
from site_builder.text.guesses import did_you_mean


@jinja2.pass_environment
def grouped(
    environment: jinja2.Environment, items: Iterable[Any], attribute: str
) -> list[tuple[Any, list[Any]]]:
    """Groups items by an attribute, in the order of first occurrence; Jinja's `groupby` would sort."""
    value_of = make_attrgetter(environment, attribute)
    groups: dict[Any, list[Any]] = {}
    for item in items:
        groups.setdefault(value_of(item), []).append(item)
    return list(groups.items())


_WORD = lazily.pattern(rf"[^\s\-‐–—/{UNSPACED}\u30a0-\u30ff]+")
"""A word that can't be broken over two lines."""
_LONG_WORDS = (31, 23, 18)


@jinja2.pass_context
def word_class(_: Context, title: str) -> str:
    """The class of a headline whose longest word needs a smaller size: `word-18`, `word-23` or `word-31`; else ""."""
    longest = max(map(len, _WORD.findall(title)), default=0)
    return next((f"word-{least}" for least in _LONG_WORDS if longest >= least), "")


class Vocabulary:
    """The functions and filters. `assets` has the published paths of static files by name."""

    def __init__(self, assets: Mapping[str, str]) -> None:
        self._assets = assets
        self._locale: Locale
        self._said: dict[str, Markup] = {}
        self._page: PageView
        self._site: SiteView
        self._notes: Mapping[int, NoteView]

    def begin(self, page: Page) -> None:
        """Sets the page to render next."""
        self._page, self._site = page.view, page.site
        self._notes = {note.number: note for note in page.notes}

    @property
    def locale(self) -> Locale:
        """The language of the current page."""
        return self._locale

    @locale.setter
    def locale(self, locale: Locale) -> None:
        self._locale = locale
        self._said = {}

    def add_to(self, environment: jinja2.Environment) -> None:
        """Adds everything to an environment."""
        environment.filters.update(
            url=self.url,
            absolute=self.absolute,
            marks=self.marks,
            cited=self.cited,
            note=self.note,
            wrong=self.wrong,
            word_class=word_class,
            grouped=grouped,
        )
        limit_filters(environment.filters)
        environment.globals.update(
            asset=self.asset,
            _=self.say,
            heading=self.heading,
            kind_name=self.kind_name,
            range=limited_range,
        )

    @jinja2.pass_context
    def url(self, _: Context, path: str) -> str:
        """A link to a path of the site, relative to this page."""
        return self._url(path)

    def _url(self, path: str) -> str:
        if self._page.path != "404.html":
            return relative_url(path, self._page.path)
        # Hosts serve 404.html at any depth, so its links begin at the top.
        base = urlsplit(self._site.base_url).path if self._site.base_url else "/"
        target, hash_sign, anchor = path.partition("#")
        return f"{base}{target.removesuffix('index.html')}{hash_sign}{anchor}"

    @jinja2.pass_context
    def absolute(self, _: Context, path: str) -> str:
        """The full address of a path of the site; "" if the site has no base address."""
        return f"{self._site.base_url}{path}" if self._site.base_url else ""

    @jinja2.pass_context
    def wrong(self, _: Context, path: str) -> str:
        """The address of an e-mail to the site about what stands at a path, or at `#anchor` of this page.

        "" if the site gives no address to write to. Nothing is sent but what the reader writes.
        """
        if not self._site.contact:
            return ""
        where = f"{self._page.path}{path}" if path.startswith("#") else path
        title = self._locale.translate("Something wrong: %(title)s") % {"title": self._site.title}
        address = f"{self._site.base_url}{where}"
        return f"mailto:{quote(self._site.contact, safe='@')}?subject={quote(title, safe='')}&body={quote(address, safe='')}"

    @jinja2.pass_context
    def marks(self, _: Context, cites: Sequence[CiteView]) -> Markup:
        """Citation marks as in a text."""
        return Markup(marks_html(cites, self._page.path))  # noqa: S704  # escaped there

    @jinja2.pass_context
    def cited(self, _: Context, text: str, cites: Sequence[CiteView] = ()) -> Markup:
        """A text with citations for its last sentence, and the words behind its marks, hidden until they are asked for."""
        page = self._page.path
        text = text if isinstance(text, Text) else Text.of(escape(text), (), names=False)
        passages = [self._passage(cite) for cite in (*text.cites, *cites)]
        html = cited_html(text, cites, page) + passages_html(passages, page)
        return Markup(html)  # noqa: S704  # escaped there

    def _passage(self, cite: CiteView) -> Passage:
        note = self._notes[cite.number]
        words = self._locale.quoted(note.words) if note.words else ""
        return Passage(cite, words, note.language, note.source.name)

    @jinja2.pass_context
    def note(self, _: Context, cite: CiteView) -> NoteView:
        """The note that a mark leads to."""
        return self._notes[cite.number]

    def asset(self, name: str) -> str:
        """A link to a static file of the theme. Raises `LookupError` if there is no such file."""
        path = self._assets.get(name)
        if path is None:
            guess = did_you_mean(name, self._assets)
            raise LookupError(f"there is no static file '{name}'{guess}")
        return self._url(path)

    def say(self, text: str, **values: Any) -> Markup:
        """A message of the theme in the language of the page, with values filled in.

        Like Jinja's newstyle gettext, but messages without values are made only once.
        """
        if values:
            return Markup(self._locale.translate(text)) % values  # noqa: S704  # the theme's own words
        said = self._said.get(text)
        if said is None:
            said = self._said[text] = Markup(self._locale.translate(text)) % {}  # noqa: S704
        return said

    def heading(self, part: str) -> str:
        """The heading of a part that several pages have. Raises `LookupError` if there is no such part."""
        return self._locale.heading(part)

    def kind_name(self, kind: str) -> str:
        """The plural name of a kind: `People and bodies`."""
        return self._locale.kind(kind)
