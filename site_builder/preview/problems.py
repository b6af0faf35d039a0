"""Findings as HTML for the browser, with links that open them in the editor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import jinja2

from site_builder.diagnostics import Diagnostic, count_line, excerpt
from site_builder.preview.editors import Editor
from site_builder.preview.showing import Snapshot
from site_builder.text.shown import in_message, on_lines, on_one_line

MOST = 100
"""The most findings shown at once."""


@cache
def templates() -> jinja2.Environment:
    """The preview's own templates."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def problem_list(snapshot: Snapshot, editor: Editor) -> str:
    """The findings of a failed build as HTML; "" if the latest build succeeded."""
    if not snapshot.is_broken:
        return ""
    return templates().get_template("problems.html").render(
        fault=on_lines(snapshot.fault),
        findings=findings(snapshot.diagnostics[:MOST], editor),
        more=max(0, len(snapshot.diagnostics) - MOST),
        count=count_line(snapshot.diagnostics) if snapshot.diagnostics else "",
        is_stale=bool(snapshot.files),
    )  # fmt: skip


def problem_page(problems: str, stretch: bytes) -> bytes:
    """The page that is served while there is no good page."""
    page = templates().get_template("problem_page.html").render(problems=problems)
    return page.replace("</head>", stretch.decode() + "</head>", 1).encode()


def findings(diagnostics: Iterable[Diagnostic], editor: Editor) -> Sequence[dict[str, str]]:
    """Findings as values for the templates."""
    return [
        {
            "place": f"{on_one_line(d.location.path)}:{d.location.line}:{d.location.column}",
            "link": editor.link(d.location),
            "weight": d.severity.value,
            "message": in_message(on_one_line(d.message)),
            "code": d.code,
            "excerpt": "\n".join(excerpt(d.location)),
            "hint": in_message(d.hint),
        }
        for d in diagnostics
    ]
