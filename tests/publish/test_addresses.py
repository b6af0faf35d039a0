"""The ledger: what was published stays where it was, redirects, or is let go on purpose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.publish.conftest import Desk

HEAD = """\
# Addresses that readers may have, for each target of `site-builder publish`, which writes this file.
# Keep it in version control. Publishing stops if an address would disappear, until it redirects
# (redirect_from) or is listed here as gone:  gone /issues/old-name/

[box]
"""


@pytest.fixture(autouse=True)
def www(tmp_path: Path, desk: Desk) -> Path:
    desk.target("box", "{kind: directory, path: ../tea}")
    desk.publish()
    return tmp_path / "tea"


def ledger(desk: Desk) -> str:
    return (desk.root / "addresses.txt").read_text("utf-8")


def rename_tariff(desk: Desk) -> None:
    issue = desk.root / "content/issues/tariff.md"
    issue.rename(issue.with_name("duty.md"))
    desk.write({"content/articles/tea.md": "---\ntitle: Tea\nas_of: 2025-12-02\n---\nTea.\n"})


def test_every_page_is_written_down(desk: Desk) -> None:
    assert ledger(desk) == HEAD + (
        "/\n/about/\n/actors/\n/actors/grower/\n/actors/minister/\n/issues/\n/issues/tariff/\n"
        "/positions/\n/print/\n"
    )


def test_an_address_that_would_vanish_stops_the_publish(desk: Desk, www: Path) -> None:
    rename_tariff(desk)
    before = ledger(desk)

    said = desk.publish()

    assert (said.code, said.out, said.errors) == (
        1,
        "",
        (
            "site-builder: this would remove 1 page or feed whose addresses readers "
            "may have:\n"
            "  /issues/tariff/\n"
            "      if it is issue 'duty' now, write in content/issues/duty.md:\n"
            "      redirect_from: tariff\n"
            "Nothing was published. To remove them on purpose: --allow-removals\n"
        ),
    )
    assert ledger(desk) == before
    assert (www / "issues/tariff/index.html").is_file()
    assert not (www / "issues/duty").exists()


def test_the_line_that_is_offered_lets_it_through(desk: Desk, www: Path) -> None:
    rename_tariff(desk)
    issue = desk.root / "content/issues/duty.md"
    text = issue.read_text("utf-8").replace("---\n", "---\nredirect_from: tariff\n", 1)
    issue.write_text(text, "utf-8")

    assert desk.publish().code == 0
    assert (
        'content="0; url=../../issues/duty/index.html"'
        in (www / "issues/tariff/index.html").read_text()
    )
    assert "\n/issues/duty/\n/issues/tariff/\n" in ledger(desk)


def test_the_line_keeps_earlier_redirects_and_names_the_place_in_a_collection_file(
    desk: Desk,
) -> None:
    desk.write({"content/actors.yaml": "trader: {name: T, redirect_from: dealer}\n"})
    desk.publish()
    desk.write({"content/actors.yaml": "merchant: {name: M, redirect_from: dealer}\n"})

    assert desk.publish().errors.splitlines()[1:-1] == [
        "  /actors/trader/",
        "      if it is actor 'merchant' now, write in content/actors.yaml, under merchant:",
        "      redirect_from: [dealer, trader]",
    ]


def test_a_page_that_became_a_draft_is_said_to_be_one(desk: Desk) -> None:
    desk.write(
        {
            "content/issues/tariff.md": "---\ntitle: Tariff\ndraft: true\n---\n",
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2025-12-02\n---\nTea.\n",
        }
    )

    assert desk.publish().errors.splitlines()[1:5] == [
        "  /issues/",
        "  /issues/tariff/",
        "      issue 'tariff' is not in this build: a draft",
        "  /positions/",
    ]


def test_what_is_let_go_on_purpose_is_remembered(desk: Desk, www: Path) -> None:
    rename_tariff(desk)

    assert desk.publish("--allow-removals").code == 0
    assert not (www / "issues/tariff").exists()
    assert ledger(desk).endswith("/print/\ngone /issues/tariff/\n")
    assert desk.publish().code == 0


def test_a_line_in_the_ledger_lets_it_go_as_well(desk: Desk) -> None:
    rename_tariff(desk)
    with (desk.root / "addresses.txt").open("a", encoding="utf-8") as file:
        file.write("gone /issues/tariff/\n")

    assert desk.publish().code == 0


def test_an_address_that_comes_back_is_no_longer_gone(desk: Desk) -> None:
    text = (desk.root / "content/actors/grower.yaml").read_text("utf-8")
    desk.write({"content/issues/tariff.md": "---\ntitle: Tariff\n---\n"})
    desk.write({"content/articles/tea.md": "---\ntitle: Tea\nas_of: 2025-12-02\n---\nTea.\n"})
    (desk.root / "content/actors/grower.yaml").unlink()
    desk.publish("--allow-removals")
    assert "gone /actors/grower/\n" in ledger(desk)

    desk.write({"content/actors/grower.yaml": text})
    desk.publish()

    assert "gone /actors/grower/" not in ledger(desk)
    assert "\n/actors/grower/\n" in ledger(desk)


def test_expires_on_is_on_purpose(desk: Desk) -> None:
    desk.write(
        {
            "content/issues/tariff.md": "---\ntitle: Tariff\nexpires_on: 2025-01-01\n---\n",
            "content/issues/other.md": "---\ntitle: Other\n---\n",
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2025-12-02\n---\nTea.\n",
        }
    )

    said = desk.publish()

    assert said.errors.splitlines()[1:-1] == ["  /positions/"]


def test_without_the_ledger_the_target_itself_remembers(desk: Desk) -> None:
    (desk.root / "addresses.txt").unlink()
    rename_tariff(desk)

    assert desk.publish().code == 1


def test_each_target_has_addresses_of_its_own(desk: Desk) -> None:
    desk.target("trial", "{kind: directory, path: ../trial, keep_addresses: false}")
    desk.target("other", "{kind: directory, path: ../other}")
    desk.publish("trial")
    assert "[trial]" not in ledger(desk)
    rename_tariff(desk)

    assert desk.publish("trial").code == 0
    assert desk.publish("other").code == 0
    assert desk.publish("box").code == 1
    assert ledger(desk).count("/issues/tariff/") == 1


def test_a_dry_run_says_so_too_and_shows_the_plan(desk: Desk) -> None:
    rename_tariff(desk)

    said = desk.publish("--dry-run")

    assert said.code == 1
    assert "remove  issues/tariff/index.html" in said.out
    assert "redirect_from: tariff" in said.errors


def test_a_ledger_that_can_not_be_read_stops_the_publish(desk: Desk) -> None:
    (desk.root / "addresses.txt").write_text("[box]\n/\nabout\n", "utf-8")

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            "site-builder: addresses.txt:3: this line is not an address: about\n"
            "  write [target] above it, and one address on each line, or: gone /address/\n"
        ),
    )


def test_an_embed_goes_where_its_page_goes(desk: Desk, www: Path) -> None:
    settings = desk.root / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("[]", "[embeds]"), "utf-8")
    desk.publish()
    assert "\n/embed/issues/tariff/\n" in ledger(desk)
    rename_tariff(desk)
    assert "/embed/" not in desk.publish().errors

    issue = desk.root / "content/issues/duty.md"
    text = issue.read_text("utf-8").replace("---\n", "---\nredirect_from: tariff\n", 1)
    issue.write_text(text, "utf-8")

    assert desk.publish().code == 0
    moved = (www / "embed/issues/tariff/index.html").read_text("utf-8")
    assert "url=../../../embed/issues/duty/index.html" in moved
    assert (www / "_redirects").read_text("utf-8") == (
        "/issues/tariff/ /issues/duty/ 301\n/embed/issues/tariff/ /embed/issues/duty/ 301\n"
    )


def test_an_embed_is_let_go_with_its_page(desk: Desk) -> None:
    settings = desk.root / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("[]", "[embeds]"), "utf-8")
    desk.publish()
    rename_tariff(desk)
    with (desk.root / "addresses.txt").open("a", encoding="utf-8") as file:
        file.write("gone /issues/tariff/\n")

    assert desk.publish().code == 0


def with_everything(desk: Desk) -> None:
    """The same site with its feeds, embeds, Markdown copies and the like."""
    settings = desk.root / "content/site.yaml"
    text = settings.read_text("utf-8").replace("exports: []\n", "base_url: https://tea.example/\n")
    settings.write_text(text, "utf-8")
    desk.write(
        {"content/updates.yaml": "first:\n  date: 2025-01-02\n  text: New.\n  touches: [tariff]\n"}
    )


def test_a_renamed_entity_takes_its_feeds_and_embeds_along(desk: Desk, www: Path) -> None:
    with_everything(desk)
    desk.publish()
    feed = (www / "issues/tariff/feed.xml").read_bytes()
    beside = {path.name for path in (www / "issues/tariff").iterdir()}
    assert beside == {"feed.json", "feed.xml", "index.html", "index.md"}
    rename_tariff(desk)
    issue = desk.root / "content/issues/duty.md"
    text = issue.read_text("utf-8").replace("---\n", "---\nredirect_from: tariff\n", 1)
    issue.write_text(text, "utf-8")
    updates = desk.root / "content/updates.yaml"
    updates.write_text(updates.read_text("utf-8").replace("tariff", "duty"), "utf-8")

    said = desk.publish()

    assert (said.code, said.errors) == (0, "")
    assert said.out.splitlines()[1] == (
        "1 article changed: Tea; 1 update changed: New.; renamed: issues/tariff → issues/duty"
    )
    assert {path.name for path in (www / "issues/tariff").iterdir()} == beside
    moved = (www / "issues/tariff/feed.xml").read_bytes()
    assert moved == (www / "issues/duty/feed.xml").read_bytes()
    assert moved == feed.replace(b"issues/tariff/", b"issues/duty/")
    assert desk.publish().code == 0


def test_what_expires_lets_its_feeds_and_old_addresses_go(desk: Desk, www: Path) -> None:
    with_everything(desk)
    desk.write(
        {"content/issues/tariff.md": "---\ntitle: Tariff\nredirect_from: [tax, /levy/]\n---\n"}
    )
    desk.write({"content/issues/tariffs.md": "---\ntitle: Tariffs\n---\n"})
    assert desk.publish("--allow-removals").code == 0
    assert (www / "issues/tax/feed.xml").is_file()
    assert (www / "levy/index.html").is_file()
    issue = desk.root / "content/issues/tariff.md"
    text = issue.read_text("utf-8").replace("---\n", "---\nexpires_on: 2025-01-01\n", 1)
    issue.write_text(text, "utf-8")

    said = desk.publish()

    assert said.code == 0
    assert said.errors.count("[expired-reference]") == 2
    assert not (www / "issues/tax").exists()
    assert not (www / "levy").exists()
    assert "gone /issues/tariff/feed.xml\n" in ledger(desk)
    (desk.root / "content/issues/tariffs.md").unlink()
    assert desk.publish().errors.splitlines()[-2:-1] == ["  /issues/tariffs/feed.xml"]


def test_a_rename_is_told_only_of_what_was_there_and_is_not_now(desk: Desk) -> None:
    desk.write(
        {
            "content/actors/grower.yaml": "name: The growers\nredirect_from: [farmer, /issues/tariff/]\n",
            "content/issues/tax.yaml": "title: Tax\nredirect_from: levy\n",
        }
    )
    said = desk.publish()
    assert said.errors.startswith(
        "content/actors/grower.yaml:2:25: '/issues/tariff/' can't redirect"
    )

    desk.write({"content/actors/grower.yaml": "name: The growers\nredirect_from: farmer\n"})
    assert desk.publish().out.splitlines()[1] == "1 actor changed: The growers; 1 issue new: Tax"


def test_what_becomes_another_kind_is_renamed_by_its_path(desk: Desk) -> None:
    desk.write(
        {
            "content/actors/tariff.yaml": "name: The tariff board\nredirect_from: /issues/tariff/\n",
            "content/issues/tax.yaml": (
                "title: Tax\npositions:\n  - actor: grower\n    stance: rejects\n"
            ),
        }
    )
    (desk.root / "content/issues/tariff.md").unlink()

    said = desk.publish()

    assert said.code == 0
    assert said.out.splitlines()[1] == ("1 issue new: Tax; renamed: issues/tariff → actors/tariff")
