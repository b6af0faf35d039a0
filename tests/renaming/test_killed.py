"""A rename that is killed by a signal: afterwards, all files are as they were, or the next command finishes the change."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder.editing import finish
from site_builder.renaming.naming import rename_name
from site_builder.renaming.own_name import NameWish
from site_builder.renaming.renaming import Wish, rename
from tests.renaming.test_renaming import files_of

if TYPE_CHECKING:
    from tests.conftest import MakeSite

SITE = {
    "content/site.yaml": "title: The dam\nexports: []\n",
    "content/actors/town.md": "---\nname: Town of Aldern\n---\nOf old.\n",
    "content/issues/dam.md": "---\ntitle: The dam\n---\nSays [[town]], the [[Town of Aldern]].\n",
    "content/claims.yaml": "safe:\n  statement: It is safe.\n  made_by: Town of Aldern\n",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
EVENTS = frozenset(("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link"))


def change(root: Path, kind: str) -> None:
    if kind == "slug":
        rename(root, Wish("town", "aldern"))
    else:
        rename_name(root, NameWish("town", "City of Aldern", everywhere=True))


def killed_at(root: Path, kind: str, moment: int) -> bool:
    """Makes the change in another process, which is killed right before so many changes of files; whether it was."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = moment

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if opens or event in EVENTS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    try:
        change(root, kind)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("kind", ["slug", "name"])
def test_all_files_change_or_none(make_site: MakeSite, kind: str) -> None:
    root = make_site(SITE)
    before = files_of(root)
    change(root, kind)
    after = files_of(root)
    assert after != before
    seen = []
    for moment in range(100):
        for path in after:
            (root / path).unlink(missing_ok=True)
        root = make_site(SITE)
        was_killed = killed_at(root, kind, moment)
        told = finish(root)
        now = {path: data for path, data in files_of(root).items() if path.startswith("content/")}
        left = now.keys() - before.keys() - after.keys()
        assert all(Path(path).name.startswith(".") for path in left), left
        for path in left:
            (root / path).unlink()
            del now[path]
        assert now in (before, after), (moment, now.keys())
        seen.append((now == after, bool(told)))
        if not was_killed:
            break
    # Nothing has changed; then, from the journal on, the next command finishes it; then there is nothing to finish.
    assert [row for number, row in enumerate(seen) if row not in seen[:number]] == [
        (False, False),
        (True, True),
        (True, False),
    ]
