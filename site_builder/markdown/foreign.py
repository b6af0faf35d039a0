"""Markup of other programs, which readers would see as plain text: reported, and kept as text.

Code is not searched. A backslash before the first character also marks text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from site_builder.diagnostics import Severity
from site_builder.markdown.problems import SYNTAX, Kind, report
from site_builder.text import lazily
from site_builder.values import NamedTuple

FOREIGN = Kind("foreign-markup", Severity.WARNING)
_WIKILINK = (
    "a link to an entity is written [[slug]], a citation [@slug], a picture ![words](file.jpg)"
)
_BOX = "a box is written:\n::: note Title\nText.\n:::"
_NO_ATTRIBUTES = (
    "delete it: headings get ids from their words, and the theme decides how things look"
)
_ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
"""White space that Markdown does not treat as space."""


_NOTHING_PUT_IN = "write it here: one text can't include another"
_SMALL = "write the character itself, as in H₂O and m²"

_BBCODE = (
    "b|i|u|s|url|img|quote|code|size|color|center|list|table|caption|gallery|embed|video|audio"
)


class _Form(NamedTuple):
    """A form of markup: its pattern, what it is, and what to write instead."""

    pattern: str
    what: str
    """Its name and program; for our own markup, what is wrong with it."""
    instead: str
    kind: Kind = FOREIGN

    @property
    def message(self) -> str:
        if self.kind is SYNTAX:
            return self.what
        return f"readers would see this as plain text: {self.what}"


_ANYWHERE: Mapping[str, Sequence[_Form]] = {
    "{": (
        _Form(r"\{\{[<%](?:.{0,500}?[>%]\}\})?", "a Hugo shortcode", _WIKILINK),
        _Form(r"\{\{[\w \t#/>&!|.$-][^{}]{0,300}\}\}", "a template placeholder", _WIKILINK),
        _Form(r"\{%[ \-+]?\w{0,40}(?:.{0,500}?%\})?", "a Liquid or Jinja tag", _WIKILINK),
        _Form(r"\{#[\w:.-]{1,100}(?:\s[^{}\n]{0,200})?\}", "an id of Pandoc or MkDocs", _NO_ATTRIBUTES),
        _Form(r"\{#.{0,500}?#\}", "a Jinja comment", "a comment is written <!-- … -->"),
        _Form(r"\{:[^{}\n]{0,200}\}", "kramdown attributes", _NO_ATTRIBUTES),
        _Form(r"\{\.[A-Za-z][^{}\n]{0,200}\}", "Pandoc classes", _NO_ATTRIBUTES),
        _Form(r"\{[A-Za-z][\w:.+-]{0,40}\}`[^`\n]{0,200}`", "a MyST role", _WIKILINK),
        _Form(
            r"\{(?:\+\+|--|~~|==|>>).{1,500}?(?:\+\+|--|~~|==|<<)\}",
            "CriticMarkup",
            "make the change, or write a comment: <!-- … -->",
        ),
        _Form(
            r"(?<=[)\]])\{[\w-]+=[^{}\n]{1,200}\}|(?<=[ \t])\{(?:-|[\w-]+=[^{}\n]{1,200})\}(?=\Z)",
            "Pandoc attributes", _NO_ATTRIBUTES,
        ),
        _Form(r"\{![^{}\n]{1,200}!\}", "a text included from another file", _NOTHING_PUT_IN),
        _Form(r"\{[ \t]*/\*.{0,500}?\*/[ \t]*\}", "a comment of MDX", "a comment is written <!-- … -->"),
    ),
    "*": (
        _Form(
            r"(?<![\w*\\])\*\*(?=[^\W_])(?!.*?\*\*)",
            "bold that does not end", "write: **like this**",
        ),
    ),
    ":": (
        _Form(r":[a-z][\w+:.-]{0,40}:`[^`\n]{1,200}`", "a reStructuredText role", _WIKILINK),
        _Form(
            r"(?<![\w:]):[a-z][a-z0-9_+-]{0,40}:(?![\w:`])",
            "the short name of an emoji",
            "write the emoji itself",
        ),
    ),
    "=": (
        _Form(
            r"(?<![=\w])==(?![\s=])[^=\n]{0,500}[^\s=]==(?!=)",
            "a highlight",
            "emphasis is written **like this**",
        ),
    ),
    "$": (
        _Form(r"\$\$.{1,500}?\$\$", "a TeX formula", "write it in words or symbols"),
        _Form(
            r"\$(?=[^\s\d{$])(?=[^$\n]{0,200}[\\^])[^$\n]{1,200}(?<!\s)\$(?!\w)",
            "a TeX formula", "write it in words or symbols",
        ),
    ),
    "~": (
        _Form(r"(?<=[^\W\d])~[\w+-]{1,10}~(?!~)", "a Pandoc subscript", _SMALL),
        _Form(r"(?<![\w~/])~(?=[^\W\d])[^~\n]{0,200}(?<=\w)~(?![\w~])", "struck out with one '~'", "write: ~~like this~~"),
    ),
    "^": (_Form(r"(?<=\w)\^[^\s^\[]{1,20}\^(?![\w^])", "a Pandoc superscript", _SMALL),),
    "'": (
        _Form(
            r"(?<![\w'])'{2,5}(?=[^\s'])[^\n]{0,300}?[^\s']'{2,5}(?![\w'])",
            "wiki emphasis, or two apostrophes as a quotation mark",
            'emphasis is written *so* or **so**, a quotation "so"',
        ),
    ),
    "`": (
        _Form(
            r"``(?=[^\s`])[^`\n]{1,300}?''(?![^`]*``)", "TeX quotation marks", 'write: "so"',
        ),
    ),
    "%": (_Form(r"%%.{1,500}?%%", "an Obsidian comment", "a comment is written <!-- … -->"),),
    "[": (
        _Form(rf"(?i:\[/(?:{_BBCODE})\])", "a BBCode or WordPress tag", "write it as Markdown"),
        _Form(
            r"\[\w{1,40}(?:[ \t]+[\w-]{1,40}=\"[^\"\n]{0,300}\")+[ \t]*/?\]", "a WordPress shortcode",
            "write it as Markdown",
        ),
        _Form(r"(?i:\[!(?:note|tip|important|warning|caution)\])", "a GitHub alert outside a quotation",
              "write: > [!NOTE]"),
        _Form(r"(?<=\))\[(?:https?://|www\.)[^\s\[\]]+\](?!\()", "the brackets of this link are swapped",
              "write: [words](https://…)", SYNTAX),
        _Form(r"\[https?://[^\s\[\]]+[ \t]+[^\[\]\n]+\](?![(\[])", "a wiki link",
              "write: [words](https://…)"),
        _Form(r"\[(?:TOC|toc)\]", "a table of contents", "delete it: pages make their own"),
    ),
    "\\": (
        _Form(
            r"\\(?:begin|end|[Cc]ite\w{0,20}|ref|textbf|textit|emph|(?:sub){0,2}section|footnote)\{[^{}\n]{0,200}\}",
            "a LaTeX command",
            _WIKILINK,
        ),
        _Form(
            r"\\(?:newpage|pagebreak|clearpage|tableofcontents)(?![A-Za-z])",
            "a LaTeX command",
            "delete it: the theme breaks pages",
        ),
    ),
}  # fmt: skip

_ENTITIES: Sequence[_Form] = (
    _Form(r"&[a-z]{3,31};", "an HTML entity that does not exist", "write the character itself"),
    _Form(
        r"&(?:nbsp|shy|[mn]dash|hellip|[lr][sd]quo|[lr]aquo|[lg]t|amp|quot|apos|euro|copy|bull|middot|times|deg"
        r"|[aeiou](?:acute|grave|circ|uml)|ccedil|ntilde|szlig|#\d{2,6}|#[xX][0-9a-fA-F]{2,6})(?![\w;=])",
        "an HTML entity without its ';'", "write the character itself",
    ),
)  # fmt: skip
"""What is left of entities after those that exist have been read."""

_LINE_STARTS: Sequence[_Form] = (
    _Form(
        r"#{7,}(?=[ \t]+\S)", "this heading is read as text: headings have at most six '#'",
        "write: ## Heading", SYNTAX,
    ),
    _Form(r"#\+[A-Za-z]\w*(?::|_)\S*", "markup of Org", "write it in Markdown, or delete it"),
    _Form(
        r"#{2,6}(?=[^\s#])", "the space after the '#' of this heading is missing",
        "write: ## Heading", SYNTAX,
    ),
    _Form(
        rf"(?:\A|[{_ODD}]+)#{{1,6}}(?=\s)|#{{1,6}}(?=[{_ODD}])",
        "this heading is read as text: the space at its '#' is not an ordinary space",
        "retype the space with the space bar", SYNTAX,
    ),
    _Form(
        rf"(?:\A|[{_ODD}]+)(?:[-+*]|\d{{1,9}}[.)]|>)(?=[ \t])|[+*](?=[{_ODD}])|-(?=[{_ODD}][^\n]*\n-[{_ODD}])"
        rf"|\d{{1,9}}[.)](?=[{_ODD}][^\n]*\n\d{{1,9}}[.)][{_ODD}])",
        "a list or quotation whose marker is next to an unusual space",
        "retype the space with the space bar",
    ),
    _Form(
        r"\[[^\^\[\]\n][^\[\]\n]*\]:[ \t]+(?:https?:\S+|<[^<>\n]*>|\S*[/.]\S+)(?:[ \t]+\"[^\"\n]*\")?[ \t]*(?=\n|$)",
        "this address of a link is read as text, because there is no empty line above it",
        "put an empty line above it", SYNTAX,
    ),
    _Form(r":{3,}[ \t]*(?=\n|$)", "this ':::' does not end a box",
          "delete it; a box that contains another needs more colons", SYNTAX),
    _Form(
        r"(?:!!!|\?\?\?\+?)[ \t]+\w[\w -]*(?:\"[^\"\n]*\")?[ \t]*(?=\n|$)",
        "a MkDocs box", _BOX,
    ),
    _Form(r"\.\.[ \t]+[A-Za-z][\w:-]*::", "a reStructuredText directive", _BOX),
    _Form(r"/{3}[ \t]+(?=\w)|/{3}[ \t]*(?=\n|$)", "a MkDocs box", _BOX),
    _Form(r"={3}[!+]?[ \t]+\"[^\"\n]*\"[ \t]*(?=\n|$)", "MkDocs tabs", "write headings: ## Heading"),
    _Form(r"-+8<-+(?=[ \t\n]|$)", "a text included from another file", _NOTHING_PUT_IN),
    _Form(
        r"\*\[[^\[\]\n]{1,100}\]:(?=[ \t])", "a MkDocs abbreviation",
        "explain it in the text, or make it a term",
    ),
    _Form(
        r"\+(?:[-=:]{3,}\+)+[ \t]*(?=\n|$)", "a Pandoc or reStructuredText table",
        "a table is written:\n| Town | Cost |\n|---|---|\n| Aldern | 5 |",
    ),
    _Form(
        r"(?P<bullet>[•‣◦▪●·])[ \t]*(?=\S[^\n]*\n[ \t]*(?P=bullet))",
        "a list from a word processor, whose lines would run together", "write: - one",
    ),
    _Form(
        r"\d{1,9}[.)](?=[^\W\d_][^\n]*\n[ \t]*\d{1,9}[.)][^\W\d_])",
        "the space after the number of this list item is missing", "write: 1. one", SYNTAX,
    ),
    _Form(r"h[1-6]\.[ \t]+(?=\S)", "a Textile heading", "write: ## Heading"),
    _Form(
        r"(={2,6})[ \t]*[^=\s][^=\n]*\1[ \t]*(?=\n|$)|={2,6}[ \t]+(?=\w)",
        "a wiki or AsciiDoc heading", "write: ## Heading",
    ),
    _Form(
        r"(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?|\|[ \t]*:?-+:?[ \t]*\|)[ \t]*(?=\n|$)",
        "this is not a table: the line above has a different number of cells",
        "write a '|' within a cell as \\|", SYNTAX,
    ),
    _Form(
        r"\A\|[ \t][^\n]*[ \t]\|[ \t]*(?=\n\||$)(?!\n[ \t]*\|?[ \t]*:?-)",
        "this is not a table: the line of hyphens below its first line is missing",
        "write below the column names: |---|---|", SYNTAX,
    ),
)  # fmt: skip
_FIRST_OF_LINE = frozenset(
    "#:!?.h=|->+*[/•‣◦▪●·0123456789\u00a0\u202f\u2007\u2009\u200b\u3000\ufeff\u2060"
)

_COMPILED = {
    first: [(lazily.pattern(form.pattern, re.DOTALL), form) for form in forms]
    for first, forms in _ANYWHERE.items()
}
FIRSTS = _FIRST_OF_LINE | _COMPILED.keys()
_AT_LINE_START = [(lazily.pattern(form.pattern), form) for form in _LINE_STARTS]
_AFTER_ENTITIES = [(lazily.pattern(form.pattern), form) for form in _ENTITIES]

_NO_SIGN = r"[^\\`*_\[\]<>!&@~^\n{}$%=|]*"
HOLDS_NO_SIGN = lazily.pattern(_NO_SIGN)
"""The same for a line that begins with a letter other than `h` (a Textile heading): several times faster."""
LOOKS_PLAIN = lazily.pattern(
    r"(?![ \t]*(?:#|:::|///|[•‣◦▪●·]|\d+[.)][^\W\d_]|!!!|\?\?\?|\.\.[ \t]|h[1-6]\.[ \t]|={2}|\||\+[-=:]{3}|[-+*>\d.)]+[^\S\n])"
    rf"|[{_ODD}]){_NO_SIGN}"
)
"""A line without any of these forms or other rules' markup; `:` between signs is checked separately."""


def foreign_plugin(md: MarkdownIt) -> None:
    """Adds the rule before all others, so that they treat what it finds as text; that of entities after theirs."""
    md.inline.ruler.before("text", "foreign", _foreign)
    md.inline.ruler.after("entity", "foreign_entity", _foreign_entity)


def _foreign(state: StateInline, silent: bool) -> bool:
    start, source = state.pos, state.src
    first = source[start]
    if first not in FIRSTS:
        return False
    may_begin = first in _FIRST_OF_LINE and state.env.get("paragraph")
    begins = may_begin and (start == 0 or source[start - 1] == "\n")
    if begins and _first_of(_AT_LINE_START, state, silent):
        return True
    if first == "[" and source[start + 1 : start + 2] in ("[", "@"):
        return False  # most brackets belong to entity links and citations
    return _first_of(_COMPILED.get(first, ()), state, silent)


def _foreign_entity(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "&":
        return False
    return _first_of(_AFTER_ENTITIES, state, silent)


def _first_of(
    forms: Sequence[tuple[re.Pattern[str], _Form]], state: StateInline, silent: bool
) -> bool:
    for pattern, form in forms:
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
    """Start, end and message of each heading, list or box in a field, which can only have inline text."""
    for found in _BLOCK_IN_FIELD.finditer(text):
        start, end = found.span("mark" if found["mark"] else "item")
        message = "a field can only contain text: no headings, lists, tables, boxes or quotations"
        yield start, end, message
