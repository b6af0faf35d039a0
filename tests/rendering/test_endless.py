"""Templates that have no end are named within seconds, with file and line."""

from __future__ import annotations

import threading
import time

import pytest

from site_builder.build import Options, RenderedSite, render_site
from site_builder.rendering import limit
from site_builder.rendering.limit import Limit, TooSlow
from tests.conftest import MakeSite

SITE = {"content/site.yaml": "title: Tea\n", "content/actors.yaml": "anna:\n  name: Anna\n"}
SECONDS = 20
RECURSION = "this template includes itself without end"
SLOW = "this takes more than 0.5 seconds for one page; does a loop never end?"
GROWS = "{% set l = [1] %}\n\n{% for i in l %}{% set _ = l.append(1) %}{% endfor %}"
CASES = [
    ('<p>\n{% include "404.html" %}', RECURSION, 2),
    ('{% for i in [1, 2] %}\n{% include "404.html" %}\n{% endfor %}', RECURSION, 2),
    ('<p>\n{% extends "404.html" %}', RECURSION, 2),
    ('<p>\n{% import "404.html" as it %}', RECURSION, 2),
    ("{% macro a() %}\n{{ a() }}\n{% endmacro %}{{ a() }}", RECURSION, 2),
    ("{% macro a() %}\n{{ b() }}{% endmacro %}{% macro b() %}\n{{ a() }}{% endmacro %}\n{{ a() }}", RECURSION, 3),
    ("{% set l = [1] %}\n{% for i in l recursive %}\n{{ loop(l) }}{% endfor %}", RECURSION, 3),
    (GROWS, SLOW, 3),
    ("{% for i in range(1000000) %}\n{% for j in range(1000000) %}{% endfor %}\n{% endfor %}", SLOW, 2),
    ("<p>\n{% for i in range(10 ** 12) %}x{% endfor %}", "a range of more than 1,000,000 numbers is too long for a page", 2),
]  # fmt: skip


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limit.SETTING, "0.5")


def found(site: RenderedSite) -> list[tuple[str, str, int]]:
    return [(row.message, row.location.path, row.location.line) for row in site.diagnostics]


@pytest.mark.parametrize(("template", "message", "line"), CASES)
def test_a_template_without_an_end_is_named(
    make_site: MakeSite, template: str, message: str, line: int
) -> None:
    root = make_site({**SITE, "templates/404.html": template})
    begin = time.monotonic()
    rows = found(render_site(Options(root)))
    assert time.monotonic() - begin < SECONDS
    told, path, at = rows[0]
    assert (len(rows), told, path) == (1, message, "templates/404.html")
    round_trip = "b()" in template or "recursive" in template
    assert at == line or (round_trip and at == 2)  # wherever on its way it is ended


def test_pages_in_other_processes_are_limited_and_no_page_waits_twice(make_site: MakeSite) -> None:
    actors = "".join(f"a{n}:\n  name: Anna {n}\n" for n in range(400))
    root = make_site({**SITE, "content/actors.yaml": actors, "templates/actor.html": GROWS})
    begin = time.monotonic()
    site = render_site(Options(root, jobs=3))
    assert found(site) == [(SLOW, "templates/actor.html", 3)]
    assert time.monotonic() - begin < SECONDS


def test_a_page_that_a_thread_makes_is_limited(make_site: MakeSite) -> None:
    root = make_site({**SITE, "templates/404.html": GROWS})
    sites = []
    thread = threading.Thread(target=lambda: sites.append(render_site(Options(root))))
    thread.start()
    thread.join(SECONDS)
    assert found(sites[0]) == [(SLOW, "templates/404.html", 3)]


def test_what_takes_longer_on_purpose_is_let(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "{% for i in range(1000000) %}{% for j in 'abc' %}{% endfor %}{% endfor %}Done."
    root = make_site({**SITE, "templates/404.html": slow})
    monkeypatch.setenv(limit.SETTING, "60")
    assert render_site(Options(root)).files["404.html"] == b"Done."


def _burn(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def test_other_work_in_the_process_goes_on() -> None:
    """The exception is raised where the time is taken, once, and not behind it."""
    limited = Limit()
    with pytest.raises(TooSlow), limited():
        _burn(1000)
    _burn(1.2)
    with limited():
        assert not limited._ended
    assert not limited._running


@pytest.mark.parametrize("value", ["", "many", "-1"])
def test_a_setting_that_is_no_number_of_seconds(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(limit.SETTING, value)
    assert limit.seconds() == (0.1 if value == "-1" else 10.0)
