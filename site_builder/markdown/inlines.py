"""Turns an inline token, the text of a paragraph or cell, into parts."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any, ClassVar

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from site_builder.diagnostics import Severity
from site_builder.markdown.document import Citation, Handle, Html, LinkOpen, Part, Picture, WikiLink
from site_builder.markdown.findings import Findings
from site_builder.markdown.problems import SYNTAX
from site_builder.text import lazily
from site_builder.values import NamedTuple

if TYPE_CHECKING:
    from site_builder.markdown.raw_html import RawHtml

_HTML = lazily.pattern(r"<[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,200})?/?>")


class Rendering(NamedTuple):
    """What markdown-it-py needs to render a token: its renderer, options and environment."""

    renderer: RendererHTML
    options: OptionsDict
    env: dict[str, Any]


class InlineCompiler:
    """Compiles one inline token; `line` is its line in the text, from 0."""

    def __init__(self, rendering: Rendering, findings: Findings, token: Token, line: int) -> None:
        self._rendering = rendering
        self._findings = findings
        self._content = token.content
        self._children = token.children or []
        self._line = line
        self._parts: list[Part] = []
        self._raw: RawHtml | None = None
        """Its HTML, if the site allows any; imported only then."""
        self._opened: dict[str, tuple[int, int]] = {}
        """The last place of each tag in the content, by its name."""
        self._in_link = 0
        self._html_from = 0
        """The offset from which to look for the next HTML, because tokens of text have no places."""

    def parts(self) -> tuple[Part, ...]:
        """The parts of the token, in order."""
        for index, child in enumerate(self._children):
            rule = self._INLINES.get(child.type)
            if child.type == "link_open":
                self._check_words(index)
            if rule is not None:
                rule(self, child)
            else:
                self._by_renderer(index, child)
        closing, left = self._raw.close() if self._raw else ("", ())
        if closing:
            self._add(Html(closing))
        for name in left:
            place = self._place(*self._opened[name])
            message = f"this <{name}> is not closed in its paragraph"
            self._report(place, "markdown-syntax", message, f"write </{name}> after it")
        return tuple(self._parts)

    def _add(self, part: str | Html) -> None:
        """Appends a part, and joins it with the last one if both are text or both HTML."""
        last = self._parts[-1] if self._parts else None
        if isinstance(part, str) and isinstance(last, str):
            self._parts[-1] = last + part
        elif isinstance(part, Html) and isinstance(last, Html):
            self._parts[-1] = Html(last.markup + part.markup)
        else:
            self._parts.append(part)

    def _by_renderer(self, index: int, child: Token) -> None:
        renderer, options, env = self._rendering
        rule = renderer.rules.get(child.type) or renderer.renderToken
        self._add(Html(rule(self._children, index, options, env)))

    def _text(self, child: Token) -> None:
        if "<" in child.content:
            self._check_html(child.content)
        if child.content:
            self._add(Html(escape(child.content)) if self._in_link else child.content)

    def _check_html(self, text: str) -> None:
        """Reports HTML in a site that does not allow it: a note to an editor would be published."""
        for match in _HTML.finditer(text):
            start = self._content.find(match[0], self._html_from)
            while start > 0 and self._content[start - 1] == "\\":
                start = self._content.find(match[0], start + 1)
            if start < 0:
                continue  # it is written `&lt;b&gt;` or `\\<b>`, and meant as text
            self._html_from = start + len(match[0])
            self._report(
                self._place(start, self._html_from),
                "html-as-text",
                f"readers would see this as plain text: {match[0]}",
                "use Markdown, or allow HTML in site.yaml (html: true)",
                Severity.WARNING,
            )

    def _break(self, _: Token) -> None:
        self._add(Html("\n") if self._in_link else "\n")

    def _html(self, child: Token) -> None:
        if self._raw is None:
            from site_builder.markdown.raw_html import RawHtml

            self._raw = RawHtml()
        markup, problem = self._raw.inline(child.content)
        if markup:
            self._add(Html(markup))
        stretch = child.meta["start"], child.meta["end"]
        self._opened[self._raw.last] = stretch
        if problem:
            self._report(self._place(*stretch), "html-removed", problem, "", Severity.WARNING)

    def _wikilink(self, child: Token) -> None:
        meta = child.meta
        place = self._place(meta["start"], meta["end"])
        self._parts.append(WikiLink(meta["target"], meta["anchor"], meta["label"], *place))

    def _citation(self, child: Token) -> None:
        meta = child.meta
        place = self._place(meta["start"], meta["end"])
        cited = Citation(meta["source"], meta["words"], *place)
        if meta["place"]:
            at = self._place(meta["place_start"], meta["end"])
            cited = cited._replace(place=meta["place"], place_at=at)
        self._parts.append(cited)

    def _problem(self, child: Token) -> None:
        place = self._place(child.meta["start"], child.meta["end"])
        meta = child.meta
        if self._findings.is_cut(self._line) and meta["kind"] is SYNTAX:
            return
        self._report(place, meta["kind"].code, meta["message"], meta["hint"], meta["kind"].severity)

    def _handle(self, child: Token) -> None:
        self._text(child)
        place = self._place(child.meta["start"], child.meta["end"])
        self._parts.append(Handle(child.content[1:], *place))

    def _link(self, child: Token) -> None:
        self._in_link += 1
        href = str(child.attrs.get("href", ""))
        title = str(child.attrs.get("title", ""))
        place = self._place(child.meta["start"], child.meta["end"])
        self._parts.append(LinkOpen(href, title, *place))

    def _check_words(self, index: int) -> None:
        """Reports the link that opens at `index` if readers could not see it."""
        after = self._children[index + 1 :]
        words = takewhile(lambda token: token.type != "link_close", after)
        if all(
            token.type in ("text", "softbreak") and not token.content.strip() for token in words
        ):
            meta = self._children[index].meta
            place = self._place(meta["start"], meta["end"])
            message = "this link has no words: readers would not see it"
            self._report(
                place, "markdown-syntax", message, "write them between the brackets: [words](…)"
            )

    def _link_end(self, _: Token) -> None:
        self._in_link -= 1
        self._add(Html("</a>"))

    def _image(self, child: Token) -> None:
        src = str(child.attrs.get("src", ""))
        place = self._place(child.meta["start"], child.meta["end"])
        self._parts.append(Picture(src, child.content, str(child.attrs.get("title", "")), *place))
        if not child.content.strip():
            self._report(
                place,
                "missing-alt",
                "this image has no text for people who can't see it",
                "write what it shows between the brackets: ![what it shows](…)",
                Severity.WARNING,
            )

    def _place(self, start: int, end: int) -> tuple[int, int, int]:
        return self._findings.place(self._content, self._line, start, end)

    def _report(
        self,
        place: tuple[int, int, int],
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        self._findings.report(place, code, message, hint, severity)

    _INLINES: ClassVar[Mapping[str, Callable[[InlineCompiler, Token], None]]] = {
        "text": _text,
        "softbreak": _break,
        "html_inline": _html,
        "wikilink": _wikilink,
        "citation": _citation,
        "problem": _problem,
        "handle": _handle,
        "link_open": _link,
        "link_close": _link_end,
        "image": _image,
    }


def escape(text: str) -> str:
    """Text as HTML, outside attributes."""
    return html.escape(text, quote=False)
