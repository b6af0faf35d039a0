"""After any edits in any order, what is served is what a clean build makes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from site_builder.build import Options, render_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.preview.conftest import Live, StartPreview

NAMES = ("anna", "ben", "bea", "carl")
EDITS = 15


def actor(chance: random.Random) -> tuple[str, str | None]:
    slug = chance.choice(NAMES)
    name = chance.choice(("Anna", "Ben", "Bea", "Carl Tee", "The milkman"))
    body = chance.choice(
        ("", "Knows Anna and Ben.", "See [[milk]].", "See [[ben]].", "See [[nobody]].")
    )
    text = f"---\nname: {name}\nkind: person\n---\n{body}\n"
    return f"content/actors/{slug}.md", chance.choice((text, text, text, None))


def issue(chance: random.Random) -> tuple[str, str | None]:
    slug = chance.choice(("milk", "sugar"))
    draft = chance.choice(("", "draft: true\n"))
    positions = "".join(
        f"  - actor: {name}\n    stance: {chance.choice(('supports', 'rejects', 'nonsense'))}\n"
        for name in chance.sample(NAMES, chance.randint(0, 2))
    )
    text = f"---\ntitle: {slug.title()}\n{draft}" + (
        f"positions:\n{positions}" if positions else ""
    )
    return f"content/issues/{slug}.md", chance.choice(
        (f"{text}---\nAs the Bea said.\n", text, None)
    )


def site(chance: random.Random) -> tuple[str, str | None]:
    title, language = chance.choice(("Tea", "Coffee")), chance.choice(("en", "de", "ar"))
    return "content/site.yaml", f"title: {title}\nlanguage: {language}\n"


def template(chance: random.Random) -> tuple[str, str | None]:
    texts = ("<p>{{ site.title }}", "<p>{{ site.nothing }}", "{% if", None)
    name = chance.choice(("templates/about.html", "templates/parts/footer.html"))
    return name, chance.choice(texts)


def style(chance: random.Random) -> tuple[str, str | None]:
    return "templates/static/theme.css", chance.choice(("a {}", "b {}", None))


def static(chance: random.Random) -> tuple[str, str | None]:
    name = chance.choice(("static/a.txt", "static/b/c.svg", "static/own.css"))
    return name, chance.choice(("1", "22", None))


def seed(chance: random.Random) -> tuple[str, str | None]:
    return "seeds/book.txt", chance.choice(("Milk first.", "Tea first.", None))


def source(chance: random.Random) -> tuple[str, str | None]:
    text = "book:\n  title: A book\n  file: seeds/book.txt\n  show: full\n"
    return "content/sources.yaml", chance.choice(
        (text, text.replace("  file: seeds/book.txt\n", ""), None)
    )


def events(chance: random.Random) -> tuple[str, str | None]:
    rows = "".join(
        f"e{number}:\n  date: 2025-{number:02}\n  title: Pot {chance.randint(1, 3)}\n"
        for number in chance.sample(range(1, 9), 2)
    )
    return "content/events.yaml", chance.choice((rows, None))


KINDS: tuple[Callable[[random.Random], tuple[str, str | None]], ...] = (
    actor, actor, issue, issue, site, template, style, static, seed, source, events,
)  # fmt: skip


@pytest.mark.parametrize("seed_of_chance", [1, 2])
def test_what_is_served_after_each_edit_is_what_a_clean_build_makes(
    start: StartPreview, seed_of_chance: int
) -> None:
    chance = random.Random(seed_of_chance)
    live = start()

    for number in range(EDITS):
        done = [make_edit(live, chance) for _ in range(chance.choice((1, 1, 1, 3)))]
        # An edit that is surely the last: with it seen, all before it have been.
        live.write("static/last.txt", str(number))
        wait_until_settled(live, str(number).encode())
        # A build may have read the first files before, and the last one after these edits: then
        # another one follows.
        for tries_left in (2, 1, 0):
            try:
                compare(live, f"after edit {number}: {done}")
                break
            except AssertionError:
                count = len(live.updates)
                if not tries_left or not live.tells_more_than(count, 20.0):
                    raise


def make_edit(live: Live, chance: random.Random) -> tuple[str, str | None]:
    name, text = chance.choice(KINDS)(chance)
    if text is not None or (live.root / name).exists():
        live.write(name, text)
    return name, text


def wait_until_settled(live: Live, last: bytes) -> None:
    clean = render_site(Options(live.root, drafts=True))

    def settled() -> bool:
        shown = live.updates[-1]
        if shown.ok:
            return live.get("/last.txt").body == last
        # A preview runs the lint, too.
        errors = [row for row in shown.diagnostics if row.is_error]
        return errors == [row for row in clean.diagnostics if row.is_error]

    live.wait_for(settled)


def compare(live: Live, when: str) -> None:
    clean = render_site(Options(live.root, drafts=True))
    if not clean.ok:
        assert live.get("/").status == 500, when
        return
    for path, data in clean.files.items():
        assert live.served(path) == data, f"{path} {when}"
    for gone in ("actors/anna/", "actors/carl/", "a.txt", "issues/sugar/", "timeline/"):
        file = f"{gone}index.html" if gone.endswith("/") else gone
        assert (live.get(f"/{gone}").status == 200) == (file in clean.files), when
