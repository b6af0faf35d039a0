"""Values of design tokens: plain CSS that can't leave its declaration and can't ask for a file.

Read token by token, as CSS Syntax 3 cuts them; what is not known to be harmless is refused, so that `URL(…)`,
`image-set(…)`, escapes and whatever CSS thinks of next are no tokens here.
"""

from __future__ import annotations

import re

from site_builder.text import lazily

FUNCTIONS = frozenset(
    (
        "abs", "calc", "clamp", "color", "color-mix", "exp", "hsl", "hsla", "hwb", "hypot", "lab", "lch",
        "light-dark", "log", "max", "min", "mod", "oklab", "oklch", "pow", "rem", "rgb", "rgba", "round",
        "sign", "sqrt", "var",
    )
)  # fmt: skip
"""Functions that make colours and lengths of what stands in their brackets, and of nothing else."""

_TOKEN = lazily.pattern(
    r"""
      (?P<string>"[^"\\\n\r\f;{}<>@]*" | '[^'\\\n\r\f;{}<>@]*')
    | (?P<number>[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]+)?(?:%|[a-z]+)?)
    | (?P<function>-{0,2}[a-z_\u00a0-\U0010ffff][\w-]*)\(
    | (?P<word>--[\w-]+ | -?[a-z_\u00a0-\U0010ffff][\w-]*)
    | (?P<hash>\#[0-9a-f]{3,8}\b)
    | (?P<open>\() | (?P<close>\)) | (?P<sign>[ ,+*-]|/(?![*/]))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def css_value_problem(text: str) -> str:
    """Why a text is no plain CSS value, or "" if it is one."""
    depth = at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return _unreadable(text[at:])
        kind = token.lastgroup
        if kind == "function" and token["function"].lower() not in FUNCTIONS:
            return f"'{token['function']}(…)' is not allowed in it"
        depth += (kind in ("function", "open")) - (kind == "close")
        if depth < 0:
            return "it has one ')' too many"
        at = token.end()
    return "a bracket is not closed" if depth else ""


def _unreadable(rest: str) -> str:
    if rest[0] in "\"'":
        return "a quotation mark is not closed, or the quoted text is not allowed there"
    if rest.startswith("/*"):
        return "it contains a comment"
    return (
        f"'{rest[0]}' is not allowed in it"
        if rest[0].isprintable()
        else "it contains a line break or a tab"
    )
