"""What Markdown leaves out without a word: footnotes and addresses that nothing calls, or that stand twice.

A footnote that no text calls is shown all the same, so that nothing in it goes unchecked or unread.
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

_FOOTNOTE = Kind("footnote", Severity.WARNING)
_FOOTNOTE_TWICE = Kind("footnote")
_DEFINITION = Kind("link-definition", Severity.WARNING)
_DEFINITION_TWICE = Kind("link-definition")
_LABEL = re.compile(r"\[(?P<label>(?:\\.|[^\\\[\]])*)\]:")
_AS_COMMENT = re.compile(r"//|#|comment", re.IGNORECASE)
"""Names of definitions that are meant as comments."""
_INSTEAD_OF_IT = "write a comment as <!-- … -->"


class Definitions(dict[str, Any]):
    """The addresses that a text defines; `used` are the names of those it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        """What a link of this name leads to."""
        self.used.add(name)
        return super().get(name, default)


def footnotes_plugin(md: MarkdownIt) -> None:
    """Adds the rule that looks at footnotes before they are moved to the end of the text."""
    md.core.ruler.before("footnote_tail", "footnotes_called", _footnotes)


def problem_token(line: int, found: str, message: str, hint: str, kind: Kind) -> Token:
    """A token that makes the compiler tell a problem with what is `found` in a line."""
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
            message = f"footnote '{label}' stands twice: readers would see this one alone"
            hint = "give one of them another name"
            problems.append(problem_token(line, f"[^{label}]", message, hint, _FOOTNOTE_TWICE))
        lines[label] = line
    for label, line in lines.items():
        if notes["refs"][f":{label}"] >= 0:
            continue
        notes["refs"][f":{label}"] = len(notes["list"])
        notes["list"][len(notes["list"])] = {"label": label, "count": 0}
        message = f"nothing calls footnote '{label}'"
        hint = f"write [^{label}] where it belongs, or take the footnote out"
        problems.append(problem_token(line, f"[^{label}]", message, hint, _FOOTNOTE))
    state.tokens[:0] = problems


def definition_problems(env: dict[str, Any], lines: Sequence[str]) -> Iterator[Token]:
    """The problems with definitions of addresses in a text that was parsed."""
    definitions: Definitions = env["references"]
    for name, row in definitions.items():
        if name not in definitions.used:
            line = row["map"][0]
            label = _label(lines[line])
            message = f"nothing links to '{label}', which is defined here"
            hint = f"write [words][{label}], or take it out"
            if _AS_COMMENT.fullmatch(label):
                message, hint = "this is no comment, but an address that nothing links to", ""
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
