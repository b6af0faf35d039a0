"""Reports what Markdown drops silently: footnotes and addresses that are unused or defined twice.

An unused footnote is shown nevertheless, so that nothing in it goes unchecked or unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from site_builder.diagnostics import Severity
from site_builder.markdown.problems import Kind
from site_builder.text import lazily

_FOOTNOTE = Kind("footnote", Severity.WARNING)
_FOOTNOTE_TWICE = Kind("footnote")
_DEFINITION = Kind("link-definition", Severity.WARNING)
_DEFINITION_TWICE = Kind("link-definition")
_LABEL = lazily.pattern(r"\[(?P<label>(?:\\.|[^\\\[\]])*)\]:")
_AS_COMMENT = lazily.pattern(r"//|#|comment", re.IGNORECASE)
"""Names of definitions that are used as comments."""
_INSTEAD_OF_IT = "write a comment as <!-- … -->"


class Definitions(dict[str, Any]):
    """The addresses that a text defines; `used` holds the names of those it links to.

    Whoever looks one up and then makes no link of it has to take its name out again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.used: list[str] = []

    def get(self, name: str, default: Any = None) -> Any:
        """The address of a name, which then counts as used."""
        self.used.append(name)
        return super().get(name, default)


def footnotes_plugin(md: MarkdownIt) -> None:
    """Adds a rule that checks footnotes before they are moved to the end of the text."""
    md.core.ruler.before("footnote_tail", "footnotes_called", _footnotes)


def problem_token(line: int, found: str, message: str, hint: str, kind: Kind) -> Token:
    """A token that makes the compiler report the text `found` in a line."""
    token = Token("block_problem", "", 0)
    token.map = [line, line + 1]
    token.meta = {"found": found, "message": message, "hint": hint, "kind": kind}
    return token


def _footnotes(state: StateCore) -> None:
    notes = state.env.get("footnotes")
    if not notes:
        return
    lines: dict[str, int] = {}
    problems = []
    for token in state.tokens:
        if token.type != "footnote_reference_open":
            continue
        label, line = token.meta["label"], token.map[0] if token.map else 0
        if label in lines:
            message = f"footnote '{label}' is defined twice: readers would see only this one"
            hint = "give one of them another name"
            problems.append(problem_token(line, f"[^{label}]", message, hint, _FOOTNOTE_TWICE))
        lines[label] = line
    for label, line in lines.items():
        if notes["refs"][f":{label}"] >= 0:
            continue
        notes["refs"][f":{label}"] = len(notes["list"])
        notes["list"][len(notes["list"])] = {"label": label, "count": 0}
        message = f"footnote '{label}' is never used"
        hint = f"write [^{label}] where it belongs, or delete the footnote"
        problems.append(problem_token(line, f"[^{label}]", message, hint, _FOOTNOTE))
    state.tokens[:0] = problems


def definition_problems(env: dict[str, Any], lines: Sequence[str]) -> Iterator[Token]:
    """The problems with the addresses that a parsed text defines."""
    definitions: Definitions = env["references"]
    used = {*definitions.used}
    for name, row in definitions.items():
        if name not in used:
            line = row["map"][0]
            label = _label(lines[line])
            message = f"'{label}' is defined here, but no link uses it"
            hint = f"write [words][{label}], or delete it"
            if _AS_COMMENT.fullmatch(label):
                message, hint = "this is not a comment, but an address that no link uses", ""
                hint = _INSTEAD_OF_IT
            yield problem_token(line, f"[{label}]", message, hint, _DEFINITION)
    for row in env.get("duplicate_refs", ()):
        line = row["map"][0]
        label = _label(lines[line])
        if not _AS_COMMENT.fullmatch(label):
            message = f"the address of '{label}' is defined twice: this one has no effect"
            hint = "give one of them another name"
            yield problem_token(line, f"[{label}]", message, hint, _DEFINITION_TWICE)


def _label(line: str) -> str:
    match = _LABEL.search(line)
    return match["label"] if match else ""
