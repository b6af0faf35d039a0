"""Templates that have no end are named within seconds, with file and line."""

from __future__ import annotations

import os
import sys
import threading
import time

import pytest

from site_builder.build import Options, render_site
from site_builder.rendering import limit
from site_builder.rendering.limit import Limit, TooSlow
from site_builder.stages.setup import RenderedSite
from tests.conftest import MakeSite
from tools.pace import pace

SITE = {"content/site.yaml": "title: Tea\n", "content/actors.yaml": "anna:\n  name: Anna\n"}
SHORT = round(pace() + 0.5)
"""Seconds for a page: enough for those of the default theme, which are compiled first, on a slow machine too."""
SECONDS = 20 * SHORT
"""Of the processor, for a build."""
RECURSION = "this template includes itself endlessly"
SLOW = f"this takes more than {SHORT} seconds for one page; is there an endless loop?"
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


MUCH = "this takes more than 1 GB of memory for one page"
LONG_TEXT = "a text of more than 10,000,000 characters is too long for a page"
LONG_LIST = "a list of more than 1,000,000 items is too long for a page"
LARGE = "a number of more than 4,000 digits is too large for a page"
AT_ONCE = [
    ("{{ 'x' * 10 ** 10 }}", LONG_TEXT),
    ("{{ 10000000000 * 'x' }}", LONG_TEXT),
    ("{{ 1 if 'x' * 10 ** 11 ~ 'y' }}", LONG_TEXT),
    ("{% if ('x' * 10 ** 7) * 2 %}{% endif %}", LONG_TEXT),
    ("{% macro m() %}x{% endmacro %}{{ m() * 10 ** 10 }}", LONG_TEXT),
    ("{{ [1] * 10 ** 9 }}", LONG_LIST),
    ("{{ (1, 2) * 10 ** 9 }}", LONG_LIST),
    ("{{ 10 ** (10 ** 10) }}", LARGE),
    ("{% set n = namespace(s=7) %}{% for i in range(99) %}{% set n.s = n.s * n.s %}{% endfor %}", LARGE),
    ("{{ 'x'|center(10 ** 10) }}", "'center' with a number above 1,000,000 is too much for a page"),
    ("{{ 'x'|center(10000000000) }}", "'center' with a number above 1,000,000 is too much for a page"),
    ("{{ 'x'|indent(width=10 ** 10) }}", "'indent' with a number above 1,000,000 is too much for a page"),
    ("{{ 1.5|round(10 ** 10, 'ceil') }}", "'round' with a number above 1,000,000 is too much for a page"),
    ("{{ 1.5|round(-10 ** 10, 'ceil') }}", "'round' with a number above 1,000,000 is too much for a page"),
    ("{{ [1]|batch(10 ** 9, 'x')|list }}", "'batch' with a number above 1,000,000 is too much for a page"),
    ("{{ [1]|slice(10 ** 10)|list }}", "'slice' with a number above 1,000,000 is too much for a page"),
    ("{{ (10).__pow__(10 ** 9) }}", "'__pow__' can't be used in a template"),
    ("{{ 10['__pow__'](10 ** 9) }}", "'__pow__' can't be used in a template"),
    ("{{ (10|attr('__pow__'))(10 ** 9) }}", "'__pow__' can't be used in a template"),
    ("{{ ''.__class__ }}", "'__class__' can't be used in a template"),
    ("{{ [1]|tojson(indent=10 ** 10) }}", "'tojson' with a number above 1,000,000 is too much for a page"),
]  # fmt: skip
"""Expressions that would take all memory there is, or the processor for ever, by themselves."""
GROWING = [
    "{{ 'x'.ljust(10 ** 10) }}",
    "{{ '{:>10000000000}'.format(1) }}",
    "{{ '%10000000000d' % 1 }}",
    "{% set n = namespace(s='xxxxxxxx') %}{% for i in range(100) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
    "{% set l = [1] %}{% for i in l %}{% set _ = l.extend(l) %}{% endfor %}",
]
"""What only shows by the memory it asks for."""


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limit.SETTING, str(SHORT))


def found(site: RenderedSite) -> list[tuple[str, str, int]]:
    return [(row.message, row.location.path, row.location.line) for row in site.diagnostics]


@pytest.mark.parametrize(("template", "message", "line"), CASES)
def test_a_template_without_an_end_is_named(
    make_site: MakeSite, template: str, message: str, line: int
) -> None:
    root = make_site({**SITE, "templates/404.html": template})
    begin = time.process_time()
    rows = found(render_site(Options(root)))
    assert time.process_time() - begin < SECONDS
    told, path, at = rows[0]
    assert (len(rows), told, path) == (1, message, "templates/404.html")
    round_trip = "b()" in template or "recursive" in template
    assert at == line or (round_trip and at == 2)  # wherever on its way it is ended


@pytest.mark.parametrize(("template", "message"), AT_ONCE)
def test_an_expression_that_is_too_much_for_a_page_is_named(
    make_site: MakeSite, template: str, message: str
) -> None:
    root = make_site({**SITE, "templates/404.html": f"<p>\n{template}"})
    assert found(render_site(Options(root))) == [(message, "templates/404.html", 2)]


def test_other_expressions_come_to_the_same(make_site: MakeSite) -> None:
    template = (
        "{{ 9 * 9 }} {{ 'ab' * 3 }} {{ 3 * 'ab' }} {{ 2 ** 10 }} {{ [1] * 2 }} {{ 1.5 * 2 }} {{ 2 ** -1 }} "
        "{{ 1 ** 10000000000 }} {{ '<b>' * 2 }} {{ ('x' * 10000000)|length }} {{ 12345678901|round(1) }} "
        "{{ 'x'|center(3) }}{{ -2 ** 2 }} {{ 2 * 3 ** 2 }} {{ [1, 2, 3]|batch(2)|list }}"
    )
    root = make_site({**SITE, "templates/404.html": template})
    assert render_site(Options(root)).files["404.html"].decode() == (
        "81 ababab ababab 1024 [1, 1] 3.0 0.5 1 &lt;b&gt;&lt;b&gt; 10000000 12345678901  x 4 18 [[1, 2], [3]]"
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no such limit elsewhere")
@pytest.mark.parametrize("template", GROWING)
def test_the_memory_for_a_page_is_limited(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    import resource

    monkeypatch.setenv(limit.SETTING, "60")
    usual = resource.getrlimit(resource.RLIMIT_DATA)
    root = make_site({**SITE, "templates/404.html": f"<p>\n{template}"})
    assert found(render_site(Options(root))) == [(MUCH, "templates/404.html", 2)]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3 << 20  # kilobytes
    assert resource.getrlimit(resource.RLIMIT_DATA) == usual


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no such limit elsewhere")
def test_a_process_that_has_much_already_is_limited_from_there(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(limit.SETTING, "60")
    held = bytearray(limit.MOST_MEMORY)
    root = make_site({**SITE, "templates/404.html": "{{ 'Done.' * 1 }}"})
    assert render_site(Options(root)).files["404.html"] == b"Done."
    assert held


def test_pages_in_other_processes_are_limited_and_no_page_waits_twice(make_site: MakeSite) -> None:
    actors = "".join(f"a{n}:\n  name: Anna {n}\n" for n in range(400))
    root = make_site({**SITE, "content/actors.yaml": actors, "templates/actor.html": GROWS})
    before = sum(os.times()[:4])
    site = render_site(Options(root, jobs=3))
    assert found(site) == [(SLOW, "templates/actor.html", 3)]
    assert (
        sum(os.times()[:4]) - before < 3 * SECONDS
    )  # 400 pages would take that many times as long


def test_a_page_that_a_thread_makes_is_limited(make_site: MakeSite) -> None:
    root = make_site({**SITE, "templates/404.html": GROWS})
    sites = []
    thread = threading.Thread(target=lambda: sites.append(render_site(Options(root))))
    thread.start()
    thread.join()
    assert found(sites[0]) == [(SLOW, "templates/404.html", 3)]


def test_what_takes_longer_on_purpose_is_let(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "{% for i in range(1000000) %}{% for j in 'abc' %}{% endfor %}{% endfor %}Done."
    root = make_site({**SITE, "templates/404.html": slow})
    monkeypatch.setenv(limit.SETTING, "60")
    assert render_site(Options(root)).files["404.html"] == b"Done."


def _burn(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_other_work_in_the_process_goes_on() -> None:
    """The exception is raised where the time is taken, once, and not behind it."""
    limited = Limit()
    with pytest.raises(TooSlow), limited():
        _burn(1000)
    _burn(2.4 * limit._INTERVAL)
    with limited():
        assert not limited._ended
    assert not limited._running


def test_no_thread_outlives_the_pages(make_site: MakeSite) -> None:
    """A preview builds for days: a thread a build would slow it down until it stands still."""
    root = make_site({**SITE, "templates/404.html": "Done."})
    before = set(threading.enumerate())
    for _ in range(3):
        render_site(Options(root))
    for thread in set(threading.enumerate()) - before:
        thread.join(10 * limit._INTERVAL)
    assert set(threading.enumerate()) <= before


def test_a_page_after_a_pause_is_limited() -> None:
    limited = Limit()
    with limited():
        pass
    watch = limited._watch
    assert watch is not None
    watch.join(10 * limit._INTERVAL)
    with pytest.raises(TooSlow), limited():
        _burn(1000)


@pytest.mark.parametrize("value", ["", "many", "-1"])
def test_a_setting_that_is_no_number_of_seconds(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(limit.SETTING, value)
    assert limit.seconds() == (0.1 if value == "-1" else 10.0)
