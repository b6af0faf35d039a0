"""Publishes to a folder on another machine, with rsync.

rsync finds the differences byte by byte and sends them: first what pages need, then pages, then feeds and
site maps; removals come last. The files of each stage appear together at its end, so that readers get
pages of the old site or the new one, always with what they need.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from site_builder.content.targets import RsyncTarget
from site_builder.disk import parents, read_file
from site_builder.output.places import place_of
from site_builder.publish import record
from site_builder.publish.destination import Shipment, Surroundings
from site_builder.publish.faults import PublishFault, listed, some
from site_builder.publish.files import size_of, stage
from site_builder.publish.guards import refuse_folder
from site_builder.publish.plan import Action, Change, Held, Present, Tell, stages
from site_builder.publish.programs import Outcome, run, said
from site_builder.publish.reasons import what_to_do
from site_builder.publish.record import Record, under_way

_SECONDS_OF_SILENCE = 120
_MISSING = 23
"""rsync's exit code for a missing source, among other things."""
_AGAIN = "Publish again to finish."
_NO_LINE = (
    "the connection failed: is the machine's name right, are you online, does ssh have the "
    f"key it needs, and is rsync installed on the other machine? {_AGAIN}"
)
_NO_SERVER = (
    "the server can't be reached or refuses to start: is its name right, are you online, and are the "
    "module's name and the password in RSYNC_PASSWORD right?"
)
_NO_ROOM = "files can't be read or written there: is the path right, do you have write access, and is the disk full?"
_ADVICE = {
    2: "rsync on the other machine uses a different version of the protocol",
    **dict.fromkeys((3, 11, 23), _NO_ROOM),
    **dict.fromkeys((5, 10), _NO_SERVER),
    # Which of these it is depends on whether rsync or ssh notices first.
    **dict.fromkeys((12, 14, 30, 35, 126, 127, 255), _NO_LINE),
}
"""Advice by rsync's exit code (rsync(1), "EXIT VALUES")."""


class Rsync:
    """A folder on another machine as a target."""

    manner = ""

    def __init__(self, target: RsyncTarget, around: Surroundings) -> None:
        self.address = target.to
        self._to = target.to.rstrip("/") + "/"
        if ":" not in target.to.partition("/")[0]:
            place = place_of(target.to, around.root)
            refuse_folder(place, around.root)
            self.address, self._to = str(place), f"{place}/"
        self._around = around
        self._files = around.workspace / "files"
        self._is_new = False
        self._environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        self._shell = (
            []
            if around.interactive or "RSYNC_RSH" in os.environ
            else ["--rsh=ssh -o BatchMode=yes"]
        )

    # what is there

    def look(self, files: Mapping[str, bytes]) -> Present:
        """The differences that rsync finds. Raises `PublishFault` if the place can't be reached."""
        old = self._fetch_record()
        stage(files, self._files)
        asked = self._rsync(
            "--recursive", "--checksum", "--dry-run", "--delete", "--8-bit-output",
            "--out-format=%i|%l|%n", "--", f"{self._files}/", self._to,
        )  # fmt: skip
        actions = _actions(asked.out)
        self._is_new = any(row.endswith(b"|./") for row in asked.out.split(b"\n"))
        held = {}
        for path in files:
            if actions.get(path) is not Action.ADD:
                differs = "content differs" if path in actions else ""
                ours = path == record.NAME or bool(old and path in old.files) or not differs
                held[path] = Held(size_of(files, path), differs, ours)
        for path, action in actions.items():
            if action is Action.REMOVE:
                known = old.files.get(path) if old else None
                ours = path == record.NAME or known is not None or _is_leftover(path)
                held[path] = Held(known.size if known else 0, "no longer in the site", ours)
        for path in self._files_where_folders_go(asked.out):
            held[path] = Held(0, "no longer in the site", bool(old and path in old.files))
        if old is None:
            held = {path: Held(row.size, row.differs, ours=False) for path, row in held.items()}
        return Present(held, old)

    def _files_where_folders_go(self, out: bytes) -> list[str]:
        """Files where the site needs a folder, which rsync would replace without asking."""
        rows = (_ROW.fullmatch(os.fsdecode(row)) for row in out.split(b"\n"))
        new = {row["path"].rstrip("/") for row in rows if row and row["what"].startswith("cd+++")}
        first = [path for path in new if not {*parents(path)} & new]
        if not first or "." in new:
            return []
        listing = self._around.workspace / "folders"
        listing.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in sorted(first)))
        nothing = self._around.workspace / "nothing"
        nothing.mkdir(exist_ok=True)
        asked = self._rsync(
            "--dry-run", "--dirs", "--links", "--devices", "--specials", "--8-bit-output", "--from0",
            "--no-implied-dirs", f"--files-from={listing}", "--out-format=%i|%l|%n", "--", self._to,
            f"{nothing}/", check=False,
        )  # fmt: skip
        if asked.code not in (0, _MISSING):
            self._check(asked)
        return [path for path in _actions(asked.out) if path in first]

    def _fetch_record(self) -> Record | None:
        """The record at the target, if there is one."""
        folder = self._around.workspace / "record"
        folder.mkdir(exist_ok=True)
        asked = self._rsync(
            f"--max-size={record.LARGEST}",
            "--",
            f"{self._to}{record.NAME}",
            f"{folder}/",
            check=False,
        )
        if asked.code == _MISSING and "No such file or directory" in asked.errors:
            return None
        self._check(asked)
        place = folder / record.NAME
        return (
            Record.parse(read_file(place)) if place.is_file() and not place.is_symlink() else None
        )

    # publishing

    def send(self, shipment: Shipment, tell: Tell) -> None:
        """Sends one stage after another. Raises `PublishFault`; publishing again continues from there."""
        meanwhile = self._around.workspace / "meanwhile"
        stage({record.NAME: under_way(shipment.before, shipment.record).dump()}, meanwhile)
        if self._is_new:
            nothing = self._around.workspace / "nothing"
            nothing.mkdir(exist_ok=True)
            self._rsync("--recursive", "--perms", "--chmod=D755", "--", f"{nothing}/", self._to)
        self._copy(meanwhile, [record.NAME])
        for rows in stages(shipment.plan):
            if rows[0].action is Action.REMOVE:
                self._remove(rows)
            else:
                self._copy(self._files, [row.path for row in rows])
            for change in rows:
                tell(change)

    def _copy(self, folder: Path, paths: Sequence[str]) -> None:
        """Sends files of a folder, which all appear at the target at the end, and are then gone from it.

        rsync removes what has arrived. Where it can't make its folder for files on their way, it leaves a file
        out, says nothing, and ends as if all were well.
        """
        listing = self._around.workspace / "listing"
        listing.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in paths))
        self._rsync(
            "--checksum", "--delay-updates", "--remove-source-files", "--perms", "--chmod=D755,F644", "--from0",
            f"--files-from={listing}", "--", f"{folder}/", self._to,
        )  # fmt: skip
        left = [path for path in paths if (folder / path).exists()]
        if left:
            raise PublishFault(
                f"publishing to {self.address} failed: {some(len(left), 'file')} did not arrive "
                f"({listed(left)}), and rsync does not say why; {_NO_ROOM} {_AGAIN}"
            )

    def _remove(self, rows: Iterable[Change]) -> None:
        """Removes files at the target, and folders that are then empty; touches nothing else."""
        paths = dict.fromkeys(f"/{row.path}" for row in rows)
        folders: dict[str, None] = {}
        for path in paths:
            steps = path.split("/")[1:-1]
            for depth in range(len(steps), 0, -1):
                folders[f"/{'/'.join(steps[:depth])}/"] = None
        # The source has only the folders that stay, so that rsync looks into them.
        source = self._around.workspace / f"folders-{len(paths)}-{os.urandom(4).hex()}"
        source.mkdir()
        for folder in folders:
            if (self._files / folder.strip("/")).is_dir():
                (source / folder.strip("/")).mkdir(parents=True, exist_ok=True)
        rules = [*(f"R {_pattern(path)}" for path in (*paths, *folders)), "P *"]
        listing = self._around.workspace / "rules"
        listing.write_bytes(b"".join(os.fsencode(f"{rule}\n") for rule in rules))
        self._rsync(
            "--recursive", "--delete", "--existing", "--ignore-existing",
            f"--filter=merge {listing}", "--", f"{source}/", self._to,
        )  # fmt: skip

    def roll_back(self) -> str:
        """Raises `PublishFault`, because the target holds only one version."""
        raise PublishFault(
            "a target of kind rsync keeps no earlier version; check out the earlier content and publish that"
        )

    def _rsync(self, *words: str, check: bool = True) -> Outcome:
        command = ["rsync", *self._shell, f"--timeout={_SECONDS_OF_SILENCE}", *words]
        done = run(command, folder=self._around.workspace, environment=self._environment)
        if check:
            self._check(done)
        return done

    def _check(self, done: Outcome) -> None:
        if done.code:
            unknown = _ADVICE.get(done.code, "rsync could not do everything; see its messages")
            advice = what_to_do(done.errors) or unknown
            if "publish again" not in advice.lower() and advice != unknown:
                advice += f"{'' if advice.endswith('?') else '.'} {_AGAIN}"
            raise PublishFault(f"publishing to {self.address} failed: {advice}{said(done.errors)}")


def _is_leftover(path: str) -> bool:
    """Whether this is a temporary file of an interrupted rsync."""
    return ".~tmp~" in path.split("/")


_ROW = re.compile(r"(?P<what>\S+)\s*\|\d+\|(?P<path>.+)")


def _actions(out: bytes) -> dict[str, Action]:
    """What rsync would do with each file, from its output; without folders."""
    rows = {}
    for line in out.split(b"\n"):
        match = _ROW.fullmatch(os.fsdecode(line))
        if not match or match["path"].endswith("/"):
            continue
        what = match["what"]
        if what.startswith("*deleting"):
            action = Action.REMOVE
        else:
            action = Action.ADD if what.endswith("+++++") else Action.CHANGE
        rows[match["path"]] = action
    return rows


def _pattern(path: str) -> str:
    """A path as an rsync filter rule, with wildcards escaped."""
    return re.sub(r"([*?\[\\])", r"\\\1", path) if re.search(r"[*?\[]", path) else path
