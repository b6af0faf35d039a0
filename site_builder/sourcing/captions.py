"""Captions, VTT and SRT, to the text form: moments, speakers, and what rolls said once."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from site_builder.sources.writing import literal
from site_builder.sourcing.found import Extracted, Unreadable
from site_builder.text.places import moment_of

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<\d[\d:.]*>|\{\\[^}]*\}")
_NAMED = re.compile(r"^(?:-\s*)?>>>?\s*")
_SPEAKER = re.compile(r"^(?:>>\s*|-\s*)?([A-ZÀ-Þ][\w.’'-]*(?:\s[\w.’'()-]+){0,4}):\s+(?=\S)")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_LONGEST_STRETCH = 15.0
"""Seconds after which a moment is said, where no sentence ends."""
_LONGEST_PAUSE = 4.0


class _Said(NamedTuple):
    start: float
    end: float
    speaker: str
    text: str


def extract(text: str, suffix: str) -> Extracted:
    """The text of captions. Cues are joined; a moment is said where a sentence begins."""
    found = Extracted(tool="webvtt-py", kind="captions")
    cues = _without_repeats(_cues(text, suffix))
    if not cues:
        raise Unreadable("there are no captions in this file; is it VTT or SRT?")
    lines: list[str] = []
    last: _Said | None = None
    since = 0.0
    for cue in cues:
        if last is None or _begins(last, cue, since):
            if last is not None and cue.speaker != last.speaker:
                lines.append("")
            name = f" {cue.speaker}" if cue.speaker else ""
            lines.append(f"[{moment_of(cue.start)}{name}] {literal(cue.text)}")
            since = cue.start
        else:
            lines.append(literal(cue.text))
        last = cue
    found.text = "\n".join(lines) + "\n"
    return found


def _begins(last: _Said, cue: _Said, since: float) -> bool:
    return (
        cue.speaker != last.speaker
        or _ENDS.search(last.text) is not None
        or cue.start - since >= _LONGEST_STRETCH
        or cue.start - last.end >= _LONGEST_PAUSE
    )


def _cues(text: str, suffix: str) -> list[_Said]:
    import webvtt

    text = text.lstrip("\ufeff")
    try:
        if suffix == ".srt":
            read = webvtt.from_buffer(io.StringIO(text), format="srt")
        else:
            read = webvtt.from_buffer(io.StringIO(text), format="vtt")
    except Exception:  # noqa: BLE001  # whatever a broken file makes a parser say
        return []
    said: list[_Said] = []
    for cue in read.captions:
        start, end = cue.start_in_seconds, cue.end_in_seconds
        said += _parts(float(start), float(end), cue.raw_text)
    return said


def _parts(start: float, end: float, raw: str) -> Iterable[_Said]:
    """What is said in a cue, by each who speaks in it."""
    pieces = _VOICE.split(raw)
    voices = [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    for voice, said in voices:
        lines = [" ".join(_plain(line).split()) for line in said.split("\n")]
        speaker = " ".join(_plain(voice).split())
        rows: list[tuple[str, list[str]]] = [(speaker, [])]
        for line in lines:
            named = _SPEAKER.match(line) if not speaker else None
            if named:
                rows.append((named[1], [line[named.end() :]]))
            elif line:
                rows[-1][1].append(_NAMED.sub("", line))
        for name, texts in rows:
            for text in filter(None, texts):
                yield _Said(start, end, name, text)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).replace("\N{NO-BREAK SPACE}", " ")


def _without_repeats(cues: Sequence[_Said]) -> list[_Said]:
    """The lines without those that were on the screen already, as captions have them that roll."""
    kept: list[_Said] = []
    shown: list[_Said] = []
    speaker = ""
    for said in cues:
        cue = said
        shown = [one for one in shown if cue.start - one.end <= 0.5]
        if any(one.text == cue.text and one.start != cue.start for one in shown):
            at = next(n for n, one in enumerate(shown) if one.text == cue.text)
            shown[at] = shown[at]._replace(end=max(shown[at].end, cue.end))
            continue
        growing = kept[-1] if kept else None
        if (
            growing
            and growing in shown
            and cue.text.startswith(growing.text + " ")
            and cue.start != growing.start
        ):
            cue = cue._replace(text=cue.text[len(growing.text) :].strip())
        speaker = cue.speaker or speaker
        cue = cue._replace(speaker=speaker)
        kept.append(cue)
        shown.append(cue)
    return kept
