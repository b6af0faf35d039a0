"""The forms that one context is made in: a page for people, a copy for machines."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import sys

from site_builder.values import NamedTuple

_ALL = sys.maxsize


class Form(NamedTuple):
    """A form, and its limits: more than so much of a thing helps no reader."""

    html: bool = True
    """Whether texts are made into HTML. `Text.linked` is there in either case."""
    links_back: bool = True
    """Whether to show what refers to a thing: backlinks, notes of changes, issues that name it as related."""
    as_written: bool = False
    """Whether terms and an actor's positions keep the order of the files."""
    listed_issues: int = 200
    """Issues of a list that shows the positions on each; a longer one shows the issues alone."""
    tied_actors: int = 500
    """Actors of a list that shows their ties; a longer one shows the actors alone."""
    matrix: tuple[int, int] = (60, 200)
    """Issues and actors of the matrix. `MatrixView` says how many are left out."""


PAGE = Form()
"""A page for people."""
COPY = Form(
    html=False,
    links_back=False,
    as_written=True,
    listed_issues=0,
    tied_actors=0,
    matrix=(_ALL, _ALL),
)
"""A Markdown copy or a feed. It has no limits, and no HTML."""
