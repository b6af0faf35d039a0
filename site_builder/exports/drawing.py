"""SVG to PNG, in processes of their own: `python drawing.py`, and what starts it.

The drawing library holds Python's lock while it works, so other processes draw while this one renders pages.
This file imports nothing of the builder, so that such a process starts in a moment. In: a line of JSON, the fonts'
paths and the drawings. Out: for each, its length in four bytes (big-endian) and the PNG.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from site_builder.processes import Program

_FEW = 4
"""Drawings that are not worth another process."""


def draw(svg: str, fonts: Sequence[str]) -> bytes:
    """One drawing as PNG, in the size it states, with these fonts and none of the machine's."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=list(fonts),
            serif_family="Literata",
            font_family="Literata",
        )
    )


class Drawing:
    """Drawings under way: begun when made, waited for by `results`. A few are drawn there and then."""

    def __init__(self, svgs: Sequence[str], fonts: Sequence[str]) -> None:
        self._svgs = svgs
        self._fonts = fonts
        count = min(os.cpu_count() or 1, len(svgs) // _FEW)
        self._shares = [list(svgs[at::count]) for at in range(count)] if count else []
        self._running: list[tuple[Program, IO[bytes]]] = []
        try:
            for share in self._shares:
                self._start(share)
        except BaseException:
            self.stop()
            raise

    def _start(self, share: list[str]) -> None:
        import subprocess
        import tempfile

        from site_builder.processes import Program

        # A file, not a pipe: a process never waits for this one to read what it has drawn.
        out = tempfile.TemporaryFile()  # noqa: SIM115  # closed by stop
        program = Program(
            [sys.executable, "-I", "-S", str(Path(__file__)), *sys.path],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
        )
        self._running.append((program, out))
        assert program.process.stdin is not None
        with contextlib.suppress(BrokenPipeError), program.process.stdin as to:
            to.write(json.dumps({"fonts": list(self._fonts), "svgs": share}).encode())

    def stop(self) -> None:
        """Ends what still runs."""
        for program, out in self._running:
            program.end()
            out.close()

    def results(self) -> list[bytes]:
        """The PNGs in the order of the drawings. What a process failed to draw is drawn here."""
        if not self._shares:
            return [draw(svg, self._fonts) for svg in self._svgs]
        drawn: list[list[bytes]] = []
        for (program, out), share in zip(self._running, self._shares, strict=True):
            pngs = []
            if program.process.wait() == 0:
                out.seek(0)
                pngs = list(_read(out))
            drawn.append(pngs if len(pngs) == len(share) else [draw(s, self._fonts) for s in share])
        self.stop()
        count = len(drawn)
        return [drawn[n % count][n // count] for n in range(len(self._svgs))]


def _read(stream: IO[bytes]) -> Iterator[bytes]:
    while size := stream.read(4):
        yield stream.read(int.from_bytes(size, "big"))


def _main() -> None:
    sys.path[:] = sys.argv[1:]
    job: dict[str, Any] = json.load(sys.stdin)
    for svg in job["svgs"]:
        png = draw(svg, job["fonts"])
        sys.stdout.buffer.write(len(png).to_bytes(4, "big") + png)


if __name__ == "__main__":
    _main()
