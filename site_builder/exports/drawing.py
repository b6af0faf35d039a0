"""Draws SVG as PNG in separate processes: starts them, and is their program (`python drawing.py`).

The drawing library holds Python's global lock, so other processes draw while this one renders pages. This module
imports nothing else of the builder, so that they start quickly. Their input is a line of JSON with the paths of fonts
and the drawings; their output is, for each drawing, its length in four bytes (big-endian) and the PNG.
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
"""Up to this many drawings, no other process is started."""


def draw(svg: str, fonts: Sequence[str]) -> bytes:
    """A drawing as PNG in its own size, with these fonts and none of the machine's."""
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
    """Drawings in progress: started at once, and awaited by `results`. A few are drawn in this process."""

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

        # A file, not a pipe, so that a process never waits for this one to read its output.
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
        """Ends all running processes."""
        for program, out in self._running:
            program.end()
            out.close()

    def results(self) -> list[bytes]:
        """The PNGs in the order of the drawings. Drawings of a failed process are drawn in this one."""
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
