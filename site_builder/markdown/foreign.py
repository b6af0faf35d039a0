"""Markup of other programs, which readers would see as it is written: reported, and left as text.

What stands in code is text and is not looked at. A backslash before the first character says that
what follows is text, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from site_builder.diagnostics import Severity
from site_builder.markdown.problems import SYNTAX, Kind, report
from site_builder.text import lazily

FOREIGN = Kind("foreign-markup", Severity.WARNING)
_WIKILINK = (
    "a link to an entity is written [[slug]], a citation [@slug], a picture ![words](file.jpg)"
)
_BOX = "a box is written:\n::: note Title\nText.\n:::"
_NO_ATTRIBUTES = "take it out: headings have ids made of their words, and looks belong to the theme"
_ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
"""White space that is none to Markdown."""


_NOTHING_PUT_IN = "write it here: no text is put into another"
_SMALL = "write the sign itself, as in H₂O and m²"

_BBCODE = (
    "b|i|u|s|url|img|quote|code|size|color|center|list|table|caption|gallery|embed|video|audio"
)


class _Form(NamedTuple):
    """A form of markup: its pattern, what it is, and what to write in its place."""

    pattern: str
    what: str
    """Whose it is; of our own markup, what is wrong with it."""
    instead: str
    kind: Kind = FOREIGN

    @property
    def message(self) -> str:
        if self.kind is SYNTAX:
            return self.what
        return f"readers would see this as it is written: {self.what}"


_ANYWHERE: Mapping[str, Sequence[_Form]] = {
    "{": (
        _Form(r"\{\{[<%](?:.{0,500}?[>%]\}\})?", "a shortcode of Hugo", _WIKILINK),
        _Form(r"\{\{[\w \t#/>&!|.$-][^{}]{0,300}\}\}", "a template's placeholder", _WIKILINK),
        _Form(r"\{%[ \-+]?\w{0,40}(?:.{0,500}?%\})?", "a tag of Liquid or Jinja", _WIKILINK),
        _Form(r"\{#[\w:.-]{1,100}(?:\s[^{}\n]{0,200})?\}", "an id of Pandoc or MkDocs", _NO_ATTRIBUTES),
        _Form(r"\{#.{0,500}?#\}", "a comment of Jinja", "a comment is written <!-- … -->"),
        _Form(r"\{:[^{}\n]{0,200}\}", "attributes of kramdown", _NO_ATTRIBUTES),
        _Form(r"\{\.[A-Za-z][^{}\n]{0,200}\}", "classes of Pandoc", _NO_ATTRIBUTES),
        _Form(r"\{[A-Za-z][\w:.+-]{0,40}\}`[^`\n]{0,200}`", "a role of MyST", _WIKILINK),
        _Form(
            r"\{(?:\+\+|--|~~|==|>>).{1,500}?(?:\+\+|--|~~|==|<<)\}",
            "a mark of CriticMarkup",
            "make the change, or write a comment: <!-- … -->",
        ),
        _Form(
            r"(?<=[)\]])\{[\w-]+=[^{}\n]{1,200}\}|(?<=[ \t])\{(?:-|[\w-]+=[^{}\n]{1,200})\}(?=\Z)",
            "attributes of Pandoc", _NO_ATTRIBUTES,
        ),
        _Form(r"\{![^{}\n]{1,200}!\}", "a text put in from another file", _NOTHING_PUT_IN),
    ),
    ":": (
        _Form(r":[a-z][\w+:.-]{0,40}:`[^`\n]{1,200}`", "a role of reStructuredText", _WIKILINK),
        _Form(
            r"(?<![\w:]):[a-z][a-z0-9_+-]{0,40}:(?![\w:`])",
            "a short name of an emoji",
            "write the sign itself",
        ),
    ),
    "=": (
        _Form(
            r"(?<![=\w])==(?![\s=])[^=\n]{0,500}[^\s=]==(?!=)",
            "a highlight",
            "emphasis is written **so**",
        ),
    ),
    "$": (
        _Form(r"\$\$.{1,500}?\$\$", "a formula of TeX", "write it in words or signs"),
        _Form(
            r"\$(?=[^\s\d{$])(?=[^$\n]{0,200}[\\^])[^$\n]{1,200}(?<!\s)\$(?!\w)",
            "a formula of TeX", "write it in words or signs",
        ),
    ),
    "~": (
        _Form(r"(?<=[^\W\d])~[\w+-]{1,10}~(?!~)", "a subscript of Pandoc", _SMALL),
        _Form(r"(?<![\w~/])~(?=[^\W\d])[^~\n]{0,200}(?<=\w)~(?![\w~])", "struck out with one '~'", "write: ~~so~~"),
    ),
    "^": (_Form(r"(?<=\w)\^[^\s^\[]{1,20}\^(?![\w^])", "a superscript of Pandoc", _SMALL),),
    "'": (
        _Form(
            r"(?<![\w'])'{2,5}(?=[^\s'])[^\n]{0,300}?[^\s']'{2,5}(?![\w'])",
            "emphasis of a wiki, or a quotation mark of two apostrophes",
            'emphasis is written *so* or **so**, a quotation "so"',
        ),
    ),
    "`": (
        _Form(
            r"``(?=[^\s`])[^`\n]{1,300}?''(?![^`]*``)", "quotation marks of TeX", 'write: "so"',
        ),
    ),
    "%": (_Form(r"%%.{1,500}?%%", "a comment of Obsidian", "a comment is written <!-- … -->"),),
    "[": (
        _Form(rf"(?i:\[/(?:{_BBCODE})\])", "a tag of BBCode or WordPress", "write it as Markdown"),
        _Form(
            r"\[\w{1,40}(?:[ \t]+[\w-]{1,40}=\"[^\"\n]{0,300}\")+[ \t]*/?\]", "a shortcode of WordPress",
            "write it as Markdown",
        ),
        _Form(r"(?i:\[!(?:note|tip|important|warning|caution)\])", "an alert of GitHub that is in no quotation",
              "write: > [!NOTE]"),
        _Form(r"(?<=\))\[(?:https?://|www\.)[^\s\[\]]+\](?!\()", "the brackets of a link are exchanged",
              "write: [words](https://…)", SYNTAX),
        _Form(r"\[https?://[^\s\[\]]+[ \t]+[^\[\]\n]+\](?![(\[])", "a link of a wiki",
              "write: [words](https://…)"),
        _Form(r"\[(?:TOC|toc)\]", "a table of contents", "take it out: pages make their own"),
    ),
    "\\": (
        _Form(
            r"\\(?:begin|end|[Cc]ite\w{0,20}|ref|textbf|textit|emph|(?:sub){0,2}section|footnote)\{[^{}\n]{0,200}\}",
            "a command of LaTeX",
            _WIKILINK,
        ),
        _Form(
            r"\\(?:newpage|pagebreak|clearpage|tableofcontents)(?![A-Za-z])",
            "a command of LaTeX",
            "take it out: the theme breaks pages",
        ),
    ),
}  # fmt: skip

_LINE_STARTS: Sequence[_Form] = (
    _Form(
        r"#{2,6}(?=[^\s#])", "there is no space behind the signs of this heading",
        "write: ## Heading", SYNTAX,
    ),
    _Form(
        rf"(?:\A|[{_ODD}]+)#{{1,6}}(?=\s)|#{{1,6}}(?=[{_ODD}])",
        "this heading is text: a white space beside its '#' is no plain space",
        "type the space anew, with the space bar", SYNTAX,
    ),
    _Form(
        rf"(?:\A|[{_ODD}]+)(?:[-+*]|\d{{1,9}}[.)]|>)(?=[ \t])|[+*](?=[{_ODD}])|-(?=[{_ODD}][^\n]*\n-[{_ODD}])"
        rf"|\d{{1,9}}[.)](?=[{_ODD}][^\n]*\n\d{{1,9}}[.)][{_ODD}])",
        "a list or quotation with a white space beside its mark that is no plain space",
        "type the space anew, with the space bar",
    ),
    _Form(
        r"\[[^\^\[\]\n][^\[\]\n]*\]:[ \t]+(?:https?:\S+|<[^<>\n]*>|\S*[/.]\S+)(?:[ \t]+\"[^\"\n]*\")?[ \t]*(?=\n|$)",
        "the address of a link is defined here, and is text: no empty line stands above it",
        "put an empty line above it", SYNTAX,
    ),
    _Form(r":{3,}[ \t]*(?=\n|$)", "this ':::' ends no box",
          "take it out; a box that holds another has more colons", SYNTAX),
    _Form(
        r"(?:!!!|\?\?\?\+?)[ \t]+\w[\w -]*(?:\"[^\"\n]*\")?[ \t]*(?=\n|$)",
        "a box of MkDocs", _BOX,
    ),
    _Form(r"\.\.[ \t]+[A-Za-z][\w:-]*::", "a directive of reStructuredText", _BOX),
    _Form(r"/{3}[ \t]+(?=\w)|/{3}[ \t]*(?=\n|$)", "a box of MkDocs", _BOX),
    _Form(r"={3}[!+]?[ \t]+\"[^\"\n]*\"[ \t]*(?=\n|$)", "tabs of MkDocs", "write headings: ## Heading"),
    _Form(r"-+8<-+(?=[ \t\n]|$)", "a text put in from another file", _NOTHING_PUT_IN),
    _Form(
        r"\*\[[^\[\]\n]{1,100}\]:(?=[ \t])", "an abbreviation of MkDocs",
        "say what it means in the text, or make it a term",
    ),
    _Form(
        r"\+(?:[-=:]{3,}\+)+[ \t]*(?=\n|$)", "a table of Pandoc or reStructuredText",
        "a table is written:\n| Town | Cost |\n|---|---|\n| Aldern | 5 |",
    ),
    _Form(
        r"(?P<bullet>[•‣◦▪●·])[ \t]*(?=\S[^\n]*\n[ \t]*(?P=bullet))",
        "a list of a word processor, whose lines would run together", "write: - one",
    ),
    _Form(
        r"\d{1,9}[.)](?=[^\W\d_][^\n]*\n[ \t]*\d{1,9}[.)][^\W\d_])",
        "there is no space behind the number of this list", "write: 1. one", SYNTAX,
    ),
    _Form(r"h[1-6]\.[ \t]+(?=\S)", "a heading of Textile", "write: ## Heading"),
    _Form(
        r"(={2,6})[ \t]*[^=\s][^=\n]*\1[ \t]*(?=\n|$)|={2,6}[ \t]+(?=\w)",
        "a heading of a wiki or of AsciiDoc", "write: ## Heading",
    ),
    _Form(
        r"(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?|\|[ \t]*:?-+:?[ \t]*\|)[ \t]*(?=\n|$)",
        "this is no table: the line above has another number of cells",
        "a '|' within a cell is written \\|", SYNTAX,
    ),
    _Form(
        r"\A\|[ \t][^\n]*[ \t]\|[ \t]*(?=\n\||$)(?!\n[ \t]*\|?[ \t]*:?-)",
        "this is no table: no line of hyphens follows its first one",
        "write below the names of its columns: |---|---|", SYNTAX,
    ),
)  # fmt: skip
_FIRST_OF_LINE = frozenset(
    "#:!?.h=|->+*[/•‣◦▪●·0123456789\u00a0\u202f\u2007\u2009\u200b\u3000\ufeff\u2060"
)

_COMPILED = {
    first: [(lazily.pattern(form.pattern, re.DOTALL), form) for form in forms]
    for first, forms in _ANYWHERE.items()
}
_FIRSTS = _FIRST_OF_LINE | _COMPILED.keys()
_AT_LINE_START = [(lazily.pattern(form.pattern), form) for form in _LINE_STARTS]

_NO_SIGN = r"[^\\`*_\[\]<>!&@~^\n{}$%=|]*"
HOLDS_NO_SIGN = lazily.pattern(_NO_SIGN)
"""The same for a line that begins with a letter other than the `h` of a heading of Textile, and several times faster."""
LOOKS_PLAIN = lazily.pattern(
    r"(?![ \t]*(?:#|:::|///|[•‣◦▪●·]|\d+[.)][^\W\d_]|!!!|\?\?\?|\.\.[ \t]|h[1-6]\.[ \t]|={2}|\||\+[-=:]{3}|[-+*>\d.)]+[^\S\n])"
    rf"|[{_ODD}]){_NO_SIGN}"
)
"""A line in which no form can stand, nor markup of other rules; `:` between signs is looked at apart."""


def foreign_plugin(md: MarkdownIt) -> None:
    """Adds the rule, which comes first: what it finds is text to all others."""
    md.inline.ruler.before("text", "foreign", _foreign)


def _foreign(state: StateInline, silent: bool) -> bool:
    start, source = state.pos, state.src
    first = source[start]
    if first not in _FIRSTS:
        return False
    may_begin = first in _FIRST_OF_LINE and state.env.get("paragraph")
    if may_begin and (start == 0 or source[start - 1] == "\n") and _of_line(state, silent):
        return True
    if first == "[" and source[start + 1 : start + 2] in ("[", "@"):
        return False  # most brackets are of links to entities and of citations
    for pattern, form in _COMPILED.get(first, ()):
        found = pattern.match(source, start)
        if found:
            return _take(state, found, form, silent=silent)
    return False


def _of_line(state: StateInline, silent: bool) -> bool:
    for pattern, form in _AT_LINE_START:
        found = pattern.match(state.src, state.pos)
        if found:
            return _take(state, found, form, silent=silent)
    return False


def _take(state: StateInline, found: re.Match[str], form: _Form, *, silent: bool) -> bool:
    if not silent:
        report(state, found.span(), form.message, form.instead, form.kind)
        state.pending += found[0]
    state.pos = found.end()
    return True


_BLOCK_IN_FIELD = lazily.pattern(
    r"^[ \t]*(?P<mark>#{2,6}(?=[ \t])|:::|```|~~~|!!!(?=[ \t])|>(?=[ \t]))"
    r"|(?<=\n)[ \t]*(?P<item>[-+*]|\d{1,9}[.)]|#|\|(?=.*\|))(?=[ \t])",
    re.MULTILINE,
)


def blocks_in_field(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and message of what begins a heading, list or box in a field, which has a line of text alone."""
    for found in _BLOCK_IN_FIELD.finditer(text):
        start, end = found.span("mark" if found["mark"] else "item")
        message = "a field holds text in a line: no headings, lists, tables, boxes or quotations"
        yield start, end, message
