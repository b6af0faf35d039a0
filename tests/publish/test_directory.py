"""Publishing to a folder: swapped in whole, with earlier versions, and with guards."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.build import Options, render_site

if TYPE_CHECKING:
    from tests.publish.conftest import Desk, Interrupted, Tree


@pytest.fixture
def www(tmp_path: Path, desk: Desk) -> Path:
    """Where a server reads the site."""
    (tmp_path / "www").mkdir()
    desk.target("box", "{kind: directory, path: ../www/tea, keep: 2}")
    return tmp_path / "www" / "tea"


def versions(www: Path) -> list[str]:
    """What stands beside the path: versions, and what a publish cut short may have left."""
    return sorted(path.name for path in (www.parent / ".tea.versions").iterdir())


def revise(desk: Desk) -> None:
    """A new version of the site: a title, a new actor, a new picture, and one page less."""
    desk.write(
        {
            "content/issues/tariff.md": "---\ntitle: The tariff\n---\n![A pot](pot.svg)\n",
            "content/actors/trader.yaml": "name: The traders\n",
            "static/pot.svg": "<svg/>\n",
        }
    )
    (desk.root / "static/cup.svg").unlink()


def test_what_is_published_is_what_a_build_makes(desk: Desk, www: Path, tree: Tree) -> None:
    said = desk.publish()

    assert said.plain == (
        f"published: {www} (0.0 s)\n"
        "first published: 1 article, 2 actors, 1 issue\n"
        f"{len(tree(www))} new; {said.out.split('; ')[1].split(' sent')[0]} sent\n"
        "addresses.txt has changed: keep it in version control with the content\n"
        "note: without base_url in content/site.yaml there are no canonical addresses, and 404.html has no links\n"
    )
    files = dict(render_site(Options(desk.root)).files)
    published = tree(www)
    del published[".published.json"]
    assert published == files
    assert (www / "index.html").stat().st_mode & 0o777 == 0o644
    assert www.stat().st_mode & 0o777 == 0o755


def test_publishing_again_sends_nothing(desk: Desk, www: Path) -> None:
    desk.publish()
    version = www.readlink()

    said = desk.publish("box")

    assert said.plain == f"{www} is up to date; nothing was sent (0.0 s)\n"
    assert www.readlink() == version


def test_a_dry_run_says_what_the_run_then_does(desk: Desk, www: Path, tree: Tree) -> None:
    desk.publish()
    before = tree(www)
    revise(desk)

    planned = desk.publish("--dry-run", "--allow-removals")

    assert tree(www) == before
    assert versions(www) == ["1"]
    rows = [line.split()[:2] for line in planned.out.splitlines()[:-1]]
    desk.publish("--allow-removals")
    after = tree(www)
    assert sorted(path for verb, path in rows if verb == "add") == sorted(after.keys() - before)
    assert sorted(path for verb, path in rows if verb == "remove") == sorted(before.keys() - after)
    assert sorted(path for verb, path in rows if verb == "change") == sorted(
        path for path in after.keys() & before if after[path] != before[path]
    )
    # What pages need comes first, then pages, the home page last of them; removals, the record.
    assert rows[0] == ["add", "pot.svg"]
    paths = [path for _, path in rows]
    assert paths.index("actors/trader/index.html") < paths.index("actors/index.html")
    assert paths.index("index.html") < paths.index("cup.svg")
    assert rows[-1] == ["change", ".published.json"]


@pytest.mark.usefixtures("www")
def test_news_are_told_by_entity(desk: Desk) -> None:
    desk.publish()
    revise(desk)
    (desk.root / "content/actors/grower.yaml").write_text("name: The tea growers\n", "utf-8")

    said = desk.publish("--allow-removals")

    assert said.out.splitlines()[1] == (
        "1 actor new: The traders; 1 actor changed: The tea growers; 1 issue changed: The tariff"
    )


@pytest.mark.usefixtures("www")
def test_a_change_of_looks_alone_is_no_news_of_entities(desk: Desk) -> None:
    desk.publish()
    desk.write({"static/robots.txt": "User-agent: *\n"})

    assert desk.publish().out.splitlines()[1] == "no entity changed; 2 files did"


def test_a_version_before_comes_back(desk: Desk, www: Path, tree: Tree) -> None:
    made = []
    for title in ("Tea", "Coffee", "Water"):
        desk.target("box", desk.targets["box"], more=f"description: {title}\n")
        desk.publish()
        made.append(tree(www))

    first = desk.publish("--rollback")
    assert (first.code, first.out) == (0, "version 2 has replaced version 3\n")
    assert tree(www) == made[1]
    assert desk.publish("--rollback").code == 0
    assert tree(www) == made[0]
    last = desk.publish("--rollback")
    assert (last.code, last.errors) == (
        1,
        (
            f"site-builder: no earlier version of '{www}' was kept; to keep some from the "
            "next publish on, write 'keep: 3' in site.yaml\n"
        ),
    )
    assert tree(www) == made[0]


def test_after_a_rollback_the_withdrawn_version_does_not_return(
    desk: Desk, www: Path, tree: Tree
) -> None:
    desk.publish()
    good = tree(www)
    desk.target("box", desk.targets["box"], more="description: A mistake\n")
    desk.publish()
    desk.publish("--rollback")
    desk.target("box", desk.targets["box"], more="description: Mended\n")
    desk.publish()

    desk.publish("--rollback")

    assert tree(www) == good


def test_only_as_many_versions_are_kept_as_asked_for(desk: Desk, www: Path) -> None:
    for number in range(5):
        desk.target("box", desk.targets["box"], more=f"description: Number {number}\n")
        desk.publish()

    assert versions(www) == ["3", "4", "5"]


def test_files_that_did_not_change_take_no_room_twice(desk: Desk, www: Path) -> None:
    desk.publish()
    before = (www / "cup.svg").stat().st_ino
    desk.target("box", desk.targets["box"], more="description: Changed\n")

    desk.publish()

    assert (www / "cup.svg").stat().st_ino == before


def test_other_peoples_files_are_carried_along(desk: Desk, www: Path) -> None:
    desk.publish()
    (www / ".well-known").mkdir()
    (www / ".well-known/token").write_text("theirs", "utf-8")
    revise(desk)

    desk.publish("--allow-removals")

    assert (www / ".well-known/token").read_text("utf-8") == "theirs"
    assert "remove  .well-known" not in desk.publish("--dry-run").out


def test_other_peoples_files_in_the_way_stop_it(desk: Desk, www: Path, tree: Tree) -> None:
    desk.publish()
    (www / "pot.svg").write_text("theirs", "utf-8")
    before = tree(www)
    revise(desk)

    said = desk.publish("--allow-removals")

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: files that site-builder did not put in {www} are where it has to publish: "
            "pot.svg. Nothing was changed; move them away first.\n"
        ),
    )
    assert tree(www) == before


def test_a_folder_full_of_other_peoples_files_is_refused(desk: Desk, www: Path, tree: Tree) -> None:
    www.mkdir()
    for name in ("a", "b", "c"):
        (www / name).write_text(name, "utf-8")

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: {www} contains 3 files that site-builder did not put there: a, b, c. Nothing "
            "was changed. Choose an empty place, or use --take-over if everything there may be replaced.\n"
        ),
    )
    assert tree(www.parent) == {"tea/a": b"a", "tea/b": b"b", "tea/c": b"c"}


def test_it_is_taken_over_when_that_is_said_and_can_come_back(
    desk: Desk, www: Path, tree: Tree
) -> None:
    www.mkdir()
    (www / "old.html").write_text("old", "utf-8")

    asked = desk.publish("--take-over")
    assert (asked.code, asked.errors) == (
        1,
        (
            "site-builder: This removes 1 of the 1 file that are there. Nothing was published; use "
            "--yes to publish anyway.\n"
        ),
    )
    assert desk.publish("--take-over", "--yes").code == 0
    assert "old.html" not in tree(www)
    assert desk.publish("--rollback").code == 0
    assert tree(www) == {"old.html": b"old"}


def test_an_empty_folder_is_a_place_to_publish(desk: Desk, www: Path) -> None:
    www.mkdir()

    assert desk.publish().code == 0
    assert www.is_symlink()


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/", "'/' is the root of the file system; choose a separate folder"),
        ("~", "'{home}' is or contains your home folder; choose a separate folder"),
        ("..", "'{tmp}' is or contains your home folder; choose a separate folder"),
        (".", "'{site}' is or contains the site's own folder; choose another one"),
        (
            "public",
            (
                "'{site}/public' is inside the site's own folder; choose one outside it "
                "(`site-builder build` writes to output/)"
            ),
        ),
        (
            "../link/public",
            (
                "'{site}/public' is inside the site's own folder; choose one outside it "
                "(`site-builder build` writes to output/)"
            ),
        ),
        (
            "../no/such/folder",
            "the folder '{tmp}/no/such' does not exist; make it first, or correct the path",
        ),
        ("../file", "'{tmp}/file' is a file, not a folder; choose another place"),
        (
            "../elsewhere",
            (
                "'{tmp}/elsewhere' is a symbolic link that site-builder did not make; remove it, "
                "or choose another folder"
            ),
        ),
    ],
)
def test_places_that_nothing_is_published_to(
    desk: Desk, tmp_path: Path, tree: Tree, path: str, problem: str
) -> None:
    (tmp_path / "file").write_text("a file", "utf-8")
    (tmp_path / "link").symlink_to(desk.root)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "elsewhere").symlink_to("theirs")
    desk.target("box", f"{{kind: directory, path: '{path}'}}")
    before = tree(tmp_path)

    said = desk.publish("--yes", "--take-over")

    names = {"home": tmp_path / "home", "tmp": tmp_path, "site": desk.root}
    assert (said.code, said.errors) == (1, f"site-builder: {problem.format(**names)}\n")
    assert tree(tmp_path) == before


def test_two_publishes_at_a_time_do_not_meet(desk: Desk, www: Path) -> None:
    desk.publish()
    revise(desk)
    handle = os.open(www.parent / ".tea.versions", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)

    said = desk.publish("--allow-removals")

    os.close(handle)
    assert (said.code, said.errors) == (
        1,
        f"site-builder: somebody else is publishing to '{www}'; try again when that is done\n",
    )
    assert desk.publish("--allow-removals").code == 0


@pytest.mark.parametrize("start", ["nothing", "a site", "an empty folder"])
def test_killed_at_any_step_the_site_is_whole_and_the_next_publish_completes_it(
    desk: Desk, www: Path, tree: Tree, interrupted: Interrupted, start: str
) -> None:
    if start == "a site":
        desk.publish()
        revise(desk)
    if start == "an empty folder":
        www.mkdir()
    before = tree(www)
    whole = []
    rounds = 0

    for row in interrupted.rounds("kill", f"files:{www.parent}", "--allow-removals", "--yes"):
        rounds += 1
        whole.append(tree(www))
        assert row.code in (0, 99), row.said

    after = tree(www)
    assert rounds > len(after) // 2
    assert all(seen in (before, after) for seen in whole)
    assert desk.publish().out.startswith(f"{www} is up to date")
    # What a publish cut short left behind goes with the next one that sends something.
    desk.target("box", desk.targets["box"], more="description: Next\n")
    desk.publish()
    assert len(versions(www)) <= 3
    assert not [name for name in versions(www) if not name.isdigit()]


@pytest.mark.parametrize("start", ["nothing", "a site"])
def test_on_a_full_disk_the_site_stays_as_it_was(
    desk: Desk, www: Path, tree: Tree, interrupted: Interrupted, start: str
) -> None:
    if start == "a site":
        desk.publish()
        revise(desk)
    before = tree(www.parent)
    rounds = 0

    for row in interrupted.rounds("full", f"files:{www.parent}", "--allow-removals"):
        rounds += 1
        if not row.is_last:
            assert row.code == 1
            assert row.said.endswith(
                "can't be written: the disk is full; free some space and publish again. "
                f"The site at '{www}' is unchanged.\n"
            ), row.said
            assert tree(www.parent) == before

    assert rounds > 10
    assert (www / "index.html").is_file()
