"""Captions, VTT and SRT, to the text form: moments, speakers, and what rolls said once."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Sequence

from site_builder.sources.writing import literal
from site_builder.sourcing.found import Extracted, Unreadable
from site_builder.text.places import moment_of, seconds_of
from site_builder.values import NamedTuple

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<\d[\d:.]*>|\{\\[^}]*\}")
_CHANGES = re.compile(r"^(?:-\s*)?(?:>>>?\s*|[-–—]\s+(?=\S))")
"""What says that somebody else speaks, and not who."""
SOMEBODY = "-"
_SPEAKER = re.compile(r"^(?:>>\s*|-\s*)?([A-ZÀ-Þ][\w.’'-]*(?:\s[\w.’'()-]+){0,4}):\s+(?=\S)")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_LONGEST_STRETCH = 15.0
"""Seconds after which a moment is said, where no sentence ends."""
_LONGEST_PAUSE = 4.0
_AT_ONCE = 0.5


class _Said(NamedTuple):
    start: float
    end: float
    speaker: str
    text: str
    begins: bool = False
    """Whether somebody else speaks, of whom nothing is known."""


def extract(text: str, suffix: str) -> Extracted:
    """The text of captions. Cues are joined; a moment is said where a sentence begins."""
    found = Extracted(tool="webvtt-py", kind="captions")
    cues = _without_repeats(_cues(text, suffix), goes_on=not _VOICE.search(text))
    if not cues:
        raise Unreadable("there are no captions in this file; is it VTT or SRT?")
    lines: list[str] = []
    last: _Said | None = None
    since = 0.0
    for cue in cues:
        if last is None or _begins(last, cue, since):
            if last is not None and (cue.speaker != last.speaker or cue.begins):
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
        or cue.begins
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
        said += _parts(_seconds(cue.start), _seconds(cue.end), cue.raw_text)
    return said


def _seconds(moment: str) -> float:
    return seconds_of(moment) + float(f"0.{moment.rpartition('.')[2]}")


def _parts(start: float, end: float, raw: str) -> Iterable[_Said]:
    """What is said in a cue, by each who speaks in it."""
    pieces = _VOICE.split(raw)
    voices = [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    for voice, said in voices:
        speaker = " ".join(_plain(voice).split())
        for line in said.split("\n"):
            text = " ".join(_plain(line).split())
            named = _SPEAKER.match(text) if not voice else None
            if named:
                speaker, text = named[1], text[named.end() :]
            elif not voice and _CHANGES.match(text):
                speaker, text = SOMEBODY, _CHANGES.sub("", text)
            if text:
                yield _Said(start, end, speaker, text)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).replace("\N{NO-BREAK SPACE}", " ")


def _without_repeats(cues: Sequence[_Said], *, goes_on: bool) -> list[_Said]:
    """The lines without those that were on the screen already, as captions have them that roll.

    With `goes_on`, whoever was named speaks until somebody else is.
    """
    kept: list[_Said] = []
    shown: list[_Said] = []
    last: _Said | None = None
    speaker = ""
    for said in cues:
        cue = said
        shown = [one for one in shown if cue.start - one.end <= _AT_ONCE]
        if any(one.text == cue.text and one.start != cue.start for one in shown):
            at = next(n for n, one in enumerate(shown) if one.text == cue.text)
            shown[at] = shown[at]._replace(end=max(shown[at].end, cue.end))
            continue
        if (
            last is not None
            and 0 <= cue.start - last.end <= _AT_ONCE
            and cue.text.startswith(f"{last.text} ")
        ):
            cue = cue._replace(text=cue.text[len(last.text) :].strip())
        last = said
        changes = cue.speaker == SOMEBODY
        speaker = "" if changes else cue.speaker or (speaker if goes_on else "")
        cue = cue._replace(speaker=speaker, begins=changes)
        kept.append(cue)
        shown.append(cue)
    return kept
